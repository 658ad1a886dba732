//! The parts of a search are about alike, so that many machines end at about the same time.

use graph_engine::Mode::{AcqRel, Acquire, Relaxed, Release};
use graph_engine::{Config, Engine, Location, Lock, choice, spawn};

const PARTS: u64 = 16;

/// Three threads that exchange, lock, add, look and store.
fn mixed() {
    let (x, y, lock) = (
        Location::new("x", 0),
        Location::new("y", 0),
        Lock::new("lock"),
    );
    for thread in 0..3 {
        spawn(move || {
            if x.load(Acquire) == 0 {
                let _ = x.compare_exchange(0, thread + 1, AcqRel, Acquire);
            }
            lock.lock();
            y.fetch_add(1, Relaxed);
            lock.unlock();
            y.load(Acquire);
            x.store(thread, Release);
        });
    }
}

/// One of six choices leads to far more than the others.
fn lopsided() {
    let (x, y) = (Location::new("x", 0), Location::new("y", 0));
    let add = move |times: usize| {
        for _ in 0..times {
            x.fetch_add(1, Relaxed);
        }
    };
    spawn(move || {
        if choice(6) == 0 {
            add(4);
        }
        y.store(1, Release);
    });
    for _ in 0..2 {
        spawn(move || {
            add(3);
            y.load(Acquire);
        });
    }
}

#[test]
fn the_largest_part_is_little_larger_than_the_mean() {
    for body in [mixed as fn(), lopsided] {
        let part = |part| {
            let config = Config {
                shard: (part, PARTS),
                ..Config::default()
            };
            Engine::explore(config, body).counts.complete
        };
        let parts: Vec<u64> = (0..PARTS).map(part).collect();
        let whole = Engine::explore(Config::default(), body).counts.complete;
        assert_eq!(parts.iter().sum::<u64>(), whole);
        let largest = parts.iter().max().copied().unwrap_or_default();
        assert!(10 * largest * PARTS <= 13 * whole, "{parts:?} of {whole}");
    }
}
