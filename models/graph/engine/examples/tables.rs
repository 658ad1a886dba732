//! What waiting costs, and what symmetry saves, as the tables of `checks/README.md`.
//!
//! `cargo run --release -p graph-engine --example tables`

use std::time::Duration;

use graph_engine::Mode::{AcqRel, Acquire, Relaxed, Release};
use graph_engine::{Config, Engine, Exploration, Location, Lock, spawn_alike, spin};

/// A program for any number of threads that are alike, and its name.
type Program = (&'static str, fn(usize));

const WAITING: [Program; 4] = [
    ("a test-and-set lock", test_and_set),
    ("a ticket lock", ticket),
    ("a barrier", barrier),
    ("a lock of the engine", locks),
];

const ALIKE: [Program; 4] = [
    ("one addition each", additions),
    ("a load, then stores", load_and_stores),
    ("a test-and-set lock", test_and_set),
    ("a lock of the engine", locks),
];

fn additions(threads: usize) {
    let x = Location::new("x", 0);
    spawn_alike(threads, move || x.fetch_add(1, Relaxed));
}

fn load_and_stores(threads: usize) {
    let (x, y) = (Location::new("x", 0), Location::new("y", 0));
    spawn_alike(threads, move || {
        let seen = x.load(Acquire);
        y.store(seen + 1, Relaxed);
        x.store(1, Release);
    });
}

fn test_and_set(threads: usize) {
    let (word, cell) = (Location::new("word", 0), Location::new("cell", 0));
    spawn_alike(threads, move || {
        while word.swap(1, AcqRel) == 1 {
            spin();
        }
        cell.write(cell.read() + 1);
        word.store(0, Release);
    });
}

fn ticket(threads: usize) {
    let (next, serving) = (Location::new("next", 0), Location::new("serving", 0));
    spawn_alike(threads, move || {
        let mine = next.fetch_add(1, Relaxed);
        while serving.load(Acquire) != mine {
            spin();
        }
        serving.store(mine + 1, Release);
    });
}

fn barrier(threads: usize) {
    let arrived = Location::new("arrived", 0);
    spawn_alike(threads, move || {
        arrived.fetch_add(1, AcqRel);
        while arrived.load(Acquire) != threads as u64 {
            spin();
        }
    });
}

fn locks(threads: usize) {
    let (lock, cell) = (Lock::new("lock"), Location::new("cell", 0));
    spawn_alike(threads, move || {
        lock.lock();
        cell.write(cell.read() + 1);
        lock.unlock();
    });
}

fn explore(body: fn(usize), threads: usize, symmetry: bool) -> Exploration {
    let config = Config {
        symmetry,
        max_time: Some(Duration::from_secs(60)),
        ..Config::default()
    };
    Engine::explore(config, move || body(threads))
}

fn waiting() {
    println!("| threads that wait for | 2 | 3 | 4 | 5 | blocked | time for 5 |");
    println!("|-----------------------|---|---|---|---|---------|------------|");
    for (name, body) in WAITING {
        let found: Vec<Exploration> = (2..=5)
            .map(|threads| explore(body, threads, false))
            .collect();
        let complete = found.iter().map(|found| found.counts.complete.to_string());
        let complete: Vec<String> = complete.collect();
        let blocked: u64 = found.iter().map(|found| found.counts.blocked).sum();
        let seconds = found[3].elapsed.as_secs_f64();
        println!(
            "| {name} | {} | {blocked} | {:.1} ms |",
            complete.join(" | "),
            seconds * 1e3
        );
    }
}

fn symmetry() {
    println!(
        "| threads that are alike | threads | executions | time | up to symmetry | runs | time |"
    );
    println!(
        "|------------------------|---------|------------|------|----------------|------|------|"
    );
    for (name, body) in ALIKE {
        for threads in [4, 6] {
            let [all, fewer] = [false, true].map(|symmetry| explore(body, threads, symmetry));
            let whole = if all.rest.is_some() { "more than " } else { "" };
            println!(
                "| {name} | {threads} | {whole}{} | {:.1} ms | {} | {} | {:.1} ms |",
                all.counts.complete,
                all.elapsed.as_secs_f64() * 1e3,
                fewer.counts.complete,
                fewer.counts.runs,
                fewer.elapsed.as_secs_f64() * 1e3,
            );
        }
    }
    let nine = explore(additions, 9, true);
    let seconds = nine.elapsed.as_secs_f64();
    println!(
        "| one addition each | 9 | (9! = 362880) | | {} | {} | {:.1} ms |",
        nine.counts.complete,
        nine.counts.runs,
        seconds * 1e3
    );
}

fn main() {
    waiting();
    println!();
    symmetry();
}
