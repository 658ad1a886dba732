//! Compares what real threads do with what was explored: `natively RADDLE [PROGRAMS [RUNS]]` takes the command, and runs
//! each example of `examples/races` and so many drawn programs so many times. Every outcome must be among the explored.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use explorer::{Ending, Explored, Program, Settings, Verdict, explore};

#[path = "../tests/support/draw.rs"]
mod draw;

#[global_allocator]
static ALLOCATOR: explorer::Allocator = explorer::Allocator;

/// After so long real threads are taken to wait for each other for ever.
const PATIENCE: Duration = Duration::from_secs(5);

/// Runs of one program that do not end.
const MOST_ENDLESS: u64 = 3;

/// An outcome as both sides see it: status, or nothing where the program does not end, and standard output.
type Seen = (Option<u8>, String);

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let Some(raddle) = arguments.next() else {
        eprintln!("natively: the path of the command is missing");
        return ExitCode::from(2);
    };
    let mut number = |default: u64| arguments.next().map_or(Ok(default), |word| word.parse());
    let (Ok(programs), Ok(runs)) = (number(100), number(200)) else {
        eprintln!("natively: PROGRAMS and RUNS are numbers");
        return ExitCode::from(2);
    };
    let folder = std::env::temp_dir().join(format!("natively-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder can be made");
    let drawn = (0..programs).map(|number| {
        let path = folder.join(format!("drawn_{number}.py"));
        std::fs::write(&path, draw::program(number, true)).expect("a file can be written");
        path
    });
    let paths: Vec<PathBuf> = examples().into_iter().chain(drawn).collect();
    let (mut seen, mut explored, mut missed) = (0, 0, 0);
    for path in &paths {
        let all = outcomes(path);
        let native = natives(&raddle, path, runs);
        (seen, explored) = (seen + native.len(), explored + all.len());
        for outcome in native.difference(&all) {
            missed += 1;
            println!("{}: not explored: {outcome:?}", path.display());
            println!("{}", std::fs::read_to_string(path).unwrap_or_default());
        }
    }
    let _ = std::fs::remove_dir_all(&folder);
    let count = paths.len();
    println!(
        "{count} programs, {runs} runs each: {seen} outcomes of {explored}, {missed} not explored"
    );
    ExitCode::from(u8::from(missed > 0))
}

/// The example programs.
fn examples() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../examples/races");
    let files = std::fs::read_dir(folder).expect("the folder is there");
    let mut files: Vec<PathBuf> = files.flatten().map(|file| file.path()).collect();
    files.sort();
    files
}

/// The outcomes that were explored.
fn outcomes(path: &Path) -> BTreeSet<Seen> {
    let name = path.to_string_lossy().into_owned();
    let program = Program {
        text: std::fs::read(path).expect("the file can be read"),
        argv: vec![name.clone()],
        name,
        observe: None,
    };
    let explored: Explored = explore(&program, &Settings::default()).expect("it can be explored");
    if explored.verdict != Verdict::Exhaustive {
        println!("{}: {:?}", path.display(), explored.verdict);
    }
    let outcomes = explored.found.into_iter().map(|found| found.outcome);
    outcomes
        .map(|outcome| match outcome.ending {
            Ending::Status(status) => (Some(status), outcome.output),
            _ => (None, String::new()),
        })
        .collect()
}

/// What so many runs on real threads come to; fewer if some of them do not end, which takes long to see.
fn natives(raddle: &str, path: &Path, runs: u64) -> BTreeSet<Seen> {
    let (mut seen, mut endless) = (BTreeSet::new(), 0);
    for _ in 0..runs {
        let outcome = natively(raddle, path);
        endless += u64::from(outcome.0.is_none());
        seen.insert(outcome);
        if endless == MOST_ENDLESS {
            break;
        }
    }
    seen
}

/// What one run on real threads comes to.
fn natively(raddle: &str, path: &Path) -> Seen {
    let mut child = Command::new(raddle)
        .arg("run")
        .arg(path)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the command starts");
    let started = Instant::now();
    let mut ended = None;
    while ended.is_none() && started.elapsed() < PATIENCE {
        ended = child.try_wait().expect("a child can be asked");
        if ended.is_none() {
            thread::sleep(Duration::from_micros(500));
        }
    }
    if ended.is_none() {
        child.kill().expect("a child can be ended");
    }
    let output = child.wait_with_output().expect("a child has ended").stdout;
    let status = ended.and_then(|ended| ended.code());
    let status = status.and_then(|code| u8::try_from(code).ok());
    let output = status.map_or(Vec::new(), |_| output);
    (status, String::from_utf8_lossy(&output).into_owned())
}
