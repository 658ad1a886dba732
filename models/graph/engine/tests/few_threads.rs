//! When the system gives no more threads, an exploration makes do with those that it has.
//!
//! The program starts itself again with stacks that are too large for any thread, so it brings no
//! harness, which needs threads too.

use std::process::{Command, ExitCode};

use graph_engine::Mode::Relaxed;
use graph_engine::{Config, Engine, Location, Verdict, spawn};

/// Says to the started process that it is that one.
const INSIDE: &str = "WITHOUT_THREADS";

fn main() -> ExitCode {
    if std::env::var_os(INSIDE).is_some() {
        return explore();
    }
    let program = std::env::current_exe().expect("the program has a path");
    let status = Command::new(program)
        .env(INSIDE, "")
        .env("RUST_MIN_STACK", (1_u64 << 46).to_string())
        .status();
    let passed = status.is_ok_and(|status| status.success());
    println!("few_threads: {}", if passed { "ok" } else { "FAILED" });
    ExitCode::from(u8::from(!passed))
}

fn explore() -> ExitCode {
    let refused = std::thread::Builder::new().spawn(|| ()).is_err();
    let config = Config {
        jobs: 2,
        ..Config::default()
    };
    let exploration = Engine::explore(config, || {
        let x = Location::new("x", 0);
        for _ in 0..3 {
            spawn(move || x.fetch_add(1, Relaxed));
        }
    });
    let whole = exploration.verdict == Verdict::Exhaustive && exploration.counts.complete == 6;
    ExitCode::from(u8::from(!(refused && whole)))
}
