//! Ctrl-C reaches the main thread wherever it waits.
#![cfg(unix)]

use std::io::{BufRead, BufReader, Read, Write};
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// Runs a program that waits in some way, interrupts it once it says so, and gives what it prints then.
fn interrupted(name: &str, wait: &str) -> String {
    let file = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("interrupt_{name}.py"));
    let program = format!(
        "import threading\n\
         never = threading.Event()\n\
         sleeper = threading.Thread(target=never.wait, daemon=True)\n\
         sleeper.start()\n\
         lock = threading.Lock()\n\
         lock.acquire()\n\
         condition = threading.Condition()\n\
         condition.acquire()\n\
         print('ready', flush=True)\n\
         try:\n    {wait}\n\
         except KeyboardInterrupt as error:\n    print(type(error).__name__, error.args, lock.locked())\n"
    );
    std::fs::write(&file, program).expect("the program can be written");
    let mut child = Command::new(env!("CARGO_BIN_EXE_raddle"))
        .arg(&file)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the interpreter starts");
    let mut out = BufReader::new(child.stdout.take().expect("it is piped"));
    let mut ready = String::new();
    out.read_line(&mut ready).expect("it says that it is ready");
    let status = Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status();
    assert!(status.expect("kill runs").success());
    let mut told = String::new();
    out.read_to_string(&mut told).expect("it prints text");
    child.wait().expect("it ends");
    std::io::stderr().flush().expect("stderr is there");
    told
}

#[test]
fn every_wait_of_the_main_thread_ends() {
    let waits = [
        ("loop", "while True: pass"),
        ("lock", "lock.acquire()"),
        ("time_out", "lock.acquire(timeout=3600)"),
        ("with", "with lock: pass"),
        ("event", "never.wait()"),
        ("event_time_out", "never.wait(3600)"),
        ("join", "sleeper.join()"),
        ("sleep", "__import__('time').sleep(3600)"),
        ("condition", "condition.wait()"),
        ("semaphore", "threading.Semaphore(0).acquire()"),
        ("barrier", "threading.Barrier(2).wait()"),
    ];
    for (name, wait) in waits {
        let told = interrupted(name, wait);
        assert_eq!(told, "KeyboardInterrupt () True\n", "{name}");
    }
}
