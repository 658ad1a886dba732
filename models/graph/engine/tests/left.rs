//! What becomes of the threads of a run that ends before they do, and waits for some bits of a value.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use graph_engine::{
    Config, Engine, Exploration, FailureKind, Location, Mode, Op, Verdict, is_over, spawn,
};

/// Stores when it is dropped, and counts how often it was.
struct Stores(Location, Arc<AtomicUsize>);

impl Drop for Stores {
    fn drop(&mut self) {
        self.0.store(1, Mode::Relaxed);
        // ORDERING: read after the exploration has ended.
        self.1.fetch_add(usize::from(is_over()), Ordering::Relaxed);
    }
}

/// How many values were dropped after the end of their run, by a program whose main thread fails
/// before the other has begun, or after it has come to wait.
fn dropped_after_the_end(unwind: bool, has_begun: bool) -> (Exploration, usize) {
    let dropped = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&dropped);
    let config = Config {
        unwind,
        ..Config::default()
    };
    let exploration = Engine::explore(config, move || {
        let (place, token) = (Location::new("place", 0), Location::new("token", 0));
        let value = Stores(place, Arc::clone(&count));
        let waits = move || {
            let _value = value;
            token.wait(Op::Park, !0, 1, |_| 0);
        };
        if has_begun {
            spawn(move || {
                spawn(|| panic!("on purpose"));
                waits();
            })
            .join();
        } else {
            spawn(waits);
            panic!("on purpose");
        }
    });
    // ORDERING: the exploration has ended.
    (exploration, dropped.load(Ordering::Relaxed))
}

#[test]
fn threads_that_are_left_are_unwound_or_forgotten() {
    for has_begun in [false, true] {
        for (unwind, expected) in [(true, 1), (false, 0)] {
            let (exploration, dropped) = dropped_after_the_end(unwind, has_begun);
            let failure = exploration.failure.expect("a panic");
            assert_eq!(failure.kind, FailureKind::Panic, "{failure}");
            assert_eq!(
                dropped, expected,
                "unwind: {unwind}, has begun: {has_begun}"
            );
        }
    }
}

const WRITTEN: u64 = 1 << 63;

fn reads(lock: Location, data: Location) {
    lock.wait(Op::Lock, WRITTEN, 0, |readers| readers + 1);
    data.read();
    lock.fetch_add(u64::MAX, Mode::Release);
}

fn writes(lock: Location, data: Location) {
    lock.wait(Op::Lock, !0, 0, |_| WRITTEN);
    data.write(1);
    lock.swap(0, Mode::Release);
}

#[test]
fn a_wait_for_some_bits_lets_readers_in_together() {
    let exploration = Engine::explore(Config::default(), || {
        let (lock, data) = (Location::new("lock", 0), Location::new("data", 0));
        spawn(move || writes(lock, data));
        spawn(move || reads(lock, data));
        reads(lock, data);
    });
    assert_eq!(exploration.verdict, Verdict::Exhaustive, "{exploration}");
    assert_eq!(exploration.counts.blocked, 0);
    // The orders of the four steps of two readers, 6; the writer comes before, after, or
    // between one reader and the other: 6 + 6 + 2.
    assert_eq!(exploration.counts.complete, 14);
}

#[test]
fn a_wait_for_bits_that_nobody_sets_is_a_deadlock() {
    let exploration = Engine::explore(Config::default(), || {
        let lock = Location::new("lock", 5);
        lock.wait(Op::Lock, 4, 0, |value| value);
    });
    let failure = exploration.failure.expect("a deadlock");
    assert_eq!(failure.kind, FailureKind::Deadlock, "{failure}");
    let exploration = Engine::explore(Config::default(), || {
        let lock = Location::new("lock", 5);
        assert_eq!(lock.wait(Op::Lock, 2, 0, |value| value | 2), 5);
        assert_eq!(lock.load(Mode::Relaxed), 7);
    });
    assert_eq!(exploration.verdict, Verdict::Exhaustive, "{exploration}");
}

#[test]
fn a_wait_by_something_else_is_a_misuse() {
    let exploration = Engine::explore(Config::default(), || {
        Location::new("lock", 0).wait(Op::Load, !0, 0, |value| value);
    });
    let failure = exploration.failure.expect("a misuse");
    assert_eq!(failure.kind, FailureKind::Misuse, "{failure}");
    assert!(failure.message.contains("a wait by load"), "{failure}");
}
