//! Graphs per second on programs of known size, alone and on two threads.
//!
//! `cargo run --release -p graph-engine --example speed`

use graph_engine::Mode::{Acquire, Relaxed, Release, SeqCst};
use graph_engine::{Config, Engine, Location, Lock, Model, fence, spawn};

/// A program and its name.
type Program = (&'static str, Model, fn());

const PROGRAMS: [Program; 6] = [
    ("3 threads x 4 updates, RC11", Model::Rc11, || updates(3, 4)),
    ("3 threads x 4 updates, SC", Model::Sc, || updates(3, 4)),
    (
        "4 threads x 3 fenced store buffers, RC11",
        Model::Rc11,
        || buffers(4, 2),
    ),
    ("5 threads and a lock, RC11", Model::Rc11, || locks(5, 1)),
    ("3 threads x 3 turns of a lock, RC11", Model::Rc11, || {
        locks(3, 3)
    }),
    ("3 threads x 3 messages, RC11", Model::Rc11, || messages(3)),
];

fn updates(threads: usize, times: usize) {
    let x = Location::new("x", 0);
    for _ in 0..threads {
        spawn(move || {
            for _ in 0..times {
                x.fetch_add(1, Relaxed);
            }
        });
    }
}

fn buffers(threads: usize, times: usize) {
    let locations: Vec<Location> = (0..threads).map(|_| Location::new("x", 0)).collect();
    for me in 0..threads {
        let (own, next) = (locations[me], locations[(me + 1) % threads]);
        spawn(move || {
            for time in 0..times {
                own.store(time as u64 + 1, Relaxed);
                fence(SeqCst);
                next.load(Relaxed);
            }
        });
    }
}

fn locks(threads: usize, times: usize) {
    let (lock, cell) = (Lock::new("lock"), Location::new("cell", 0));
    for _ in 0..threads {
        spawn(move || {
            for _ in 0..times {
                lock.lock();
                cell.write(cell.read() + 1);
                lock.unlock();
            }
        });
    }
}

fn messages(times: usize) {
    let (x, y) = (Location::new("x", 0), Location::new("y", 0));
    spawn(move || {
        for time in 0..times {
            x.store(time as u64, Relaxed);
            y.store(time as u64, Release);
        }
    });
    for _ in 0..2 {
        spawn(move || {
            for _ in 0..times {
                y.load(Acquire);
                x.load(Relaxed);
            }
        });
    }
}

fn main() {
    for (name, model, body) in PROGRAMS {
        for jobs in [1, 2] {
            let exploration = Engine::explore(
                Config {
                    jobs,
                    ..Config::new(model)
                },
                body,
            );
            let counts = exploration.counts;
            let seconds = exploration.elapsed.as_secs_f64();
            let rate = counts.graphs() as f64 / seconds;
            println!(
                "{name}, {jobs} jobs: {} complete, {} blocked, {} runs in {seconds:.2} s, {rate:.0} graphs/s",
                counts.complete, counts.blocked, counts.runs
            );
        }
    }
}
