//! What an event of an execution costs, by the length of the execution.
//!
//! `cargo run --release -p graph-engine --example length [-- shape]`
//!
//! A line per shape; under each length the nanoseconds of CPU time per event and execution.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use graph_engine::Mode::{Acquire, Relaxed, Release, SeqCst};
use graph_engine::{Config, Engine, Location, Lock, Mode, spawn};

const LENGTHS: [usize; 4] = [10, 100, 1000, 4000];

/// Times are taken over so much CPU time at least.
const SECONDS: f64 = 0.25;

/// What a shape does with about so many events, and its name.
type Shape = (&'static str, fn(usize));

const SHAPES: [Shape; 8] = [
    ("relaxed stores of one location, then a race", |n| {
        alone(n, Relaxed, 1)
    }),
    ("relaxed stores of many locations, then a race", |n| {
        alone(n, Relaxed, n)
    }),
    ("SC stores of one location, then a race", |n| {
        alone(n, SeqCst, 1)
    }),
    ("SC stores of many locations, then a race", |n| {
        alone(n, SeqCst, n)
    }),
    (
        "relaxed stores and loads in a thread, beside a race",
        thread,
    ),
    ("SC stores, then SC loads, then a race", ordered),
    ("loads against one store", loads),
    ("a lock, then a race", locks),
];

fn main() {
    let wanted = std::env::args().nth(1).unwrap_or_default();
    let shapes = SHAPES.iter().filter(|(name, _)| name.contains(&wanted));
    println!("| ns per event and execution, at events | {LENGTHS:?} |");
    for (name, body) in shapes {
        let costs = LENGTHS.map(|length| cost(length, *body));
        let costs: Vec<String> = costs.iter().map(|cost| format!("{cost:.0}")).collect();
        println!("| {name} | {} |", costs.join(" | "));
    }
}

/// Nanoseconds per event and execution.
fn cost(length: usize, body: fn(usize)) -> f64 {
    let config = Config {
        max_events: 100_000,
        ..Config::default()
    };
    let (begin, start) = (Instant::now(), cpu_seconds());
    let spent = || match (start, cpu_seconds()) {
        (Some(start), Some(now)) => now - start,
        _ => begin.elapsed().as_secs_f64(),
    };
    let mut executions = 0;
    while spent() < SECONDS {
        let exploration = Engine::explore(config.clone(), move || body(length));
        assert!(exploration.failure.is_none(), "{exploration}");
        executions += exploration.counts.complete;
    }
    spent() * 1e9 / (executions as f64 * events(length, body) as f64)
}

/// How many events an execution of the shape has.
fn events(length: usize, body: fn(usize)) -> u64 {
    let events = Arc::new(AtomicU64::new(0));
    let counted = Arc::clone(&events);
    let config = Config {
        max_events: 100_000,
        max_graphs: Some(1),
        ..Config::default()
    };
    let engine = Engine::new(config).observe(move |execution| {
        // ORDERING: read when the exploration is over.
        counted.store(execution.trace().events.len() as u64, Ordering::Relaxed);
    });
    engine.run(move || body(length));
    // ORDERING: the exploration is over.
    events.load(Ordering::Relaxed)
}

/// CPU time of the process so far, where the system tells it (Linux).
fn cpu_seconds() -> Option<f64> {
    const TICKS_PER_SECOND: f64 = 100.0;
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    let mut fields = stat.rsplit(')').next()?.split_whitespace().skip(11);
    let mut ticks = || fields.next()?.parse::<f64>().ok();
    Some((ticks()? + ticks()?) / TICKS_PER_SECOND)
}

/// Three threads count to two each: 90 executions.
fn race() {
    let x = Location::new("x", 0);
    for _ in 0..3 {
        spawn(move || {
            for _ in 0..2 {
                x.fetch_add(1, Relaxed);
            }
        });
    }
}

fn alone(events: usize, mode: Mode, locations: usize) {
    let locations: Vec<Location> = (0..locations).map(|_| Location::new("z", 0)).collect();
    for event in 0..events {
        locations[event % locations.len()].store(event as u64, mode);
    }
    race();
}

fn thread(events: usize) {
    race();
    let z = Location::new("z", 0);
    spawn(move || {
        for event in 0..events / 2 {
            z.store(event as u64, Relaxed);
            z.load(Relaxed);
        }
    });
}

fn ordered(events: usize) {
    let z = Location::new("z", 0);
    let before = spawn(move || (0..events / 2).for_each(|event| z.store(event as u64, SeqCst)));
    before.join();
    let after = spawn(move || {
        for _ in 0..events / 2 {
            z.load(SeqCst);
        }
    });
    after.join();
    race();
}

fn loads(events: usize) {
    let x = Location::new("x", 0);
    spawn(move || {
        for _ in 0..events {
            x.load(Acquire);
        }
    });
    spawn(move || x.store(1, Release));
}

fn locks(events: usize) {
    let lock = Lock::new("lock");
    for _ in 0..events / 4 {
        lock.lock();
        lock.unlock();
    }
    race();
}
