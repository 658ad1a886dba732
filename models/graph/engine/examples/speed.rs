//! Graphs per second on programs of known size, alone and on two threads.
//!
//! `cargo run --release -p graph-engine --example speed`

use graph_engine::Mode::{AcqRel, Acquire, Relaxed, Release, SeqCst};
use graph_engine::{Config, Engine, Location, Lock, Model, fence, spawn, spin};

/// A program and its name.
type Program = (&'static str, Model, fn());

const PROGRAMS: [Program; 10] = [
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
    ("4 threads and a test-and-set lock", Model::Cpp20, || {
        test_and_set(4)
    }),
    ("4 threads and a ticket lock", Model::Cpp20, || ticket(4)),
    ("6 threads and a barrier", Model::Cpp20, || barrier(6)),
    ("7 threads, each after the one before", Model::Cpp20, || {
        chain(7)
    }),
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

fn test_and_set(threads: usize) {
    let (word, cell) = (Location::new("word", 0), Location::new("cell", 0));
    for _ in 0..threads {
        spawn(move || {
            while word.swap(1, AcqRel) == 1 {
                spin();
            }
            cell.write(cell.read() + 1);
            word.store(0, Release);
        });
    }
}

fn ticket(threads: usize) {
    let (next, serving) = (Location::new("next", 0), Location::new("serving", 0));
    for _ in 0..threads {
        spawn(move || {
            let mine = next.fetch_add(1, Relaxed);
            while serving.load(Acquire) != mine {
                spin();
            }
            serving.store(mine + 1, Release);
        });
    }
}

fn barrier(threads: usize) {
    let arrived = Location::new("arrived", 0);
    for _ in 0..threads {
        spawn(move || {
            arrived.fetch_add(1, AcqRel);
            while arrived.load(Acquire) != threads as u64 {
                spin();
            }
        });
    }
}

fn chain(threads: usize) {
    let turn = Location::new("turn", 0);
    for me in 0..threads as u64 {
        spawn(move || {
            while turn.compare_exchange(me, me + 1, AcqRel, Acquire).is_err() {
                spin();
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
