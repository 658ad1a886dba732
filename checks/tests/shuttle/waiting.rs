//! The oracles of waiting: deadlock, lost wake-up, livelock; and the choices that only a checker makes.

use std::sync::Arc;
use std::time::Duration;

use checks_shuttle::rt::sync::atomic::{AtomicU64, Ordering};
use checks_shuttle::rt::sync::cell::Cell;
use checks_shuttle::rt::sync::park::{Key, Parked, ParkingLot};
use checks_shuttle::rt::sync::time::Deadline;
use checks_shuttle::rt::sync::{event, hint, thread};
use reports::failure::FailureKind;
use reports::plan::{Coverage, Limit};

use Ordering::{AcqRel, Acquire, Relaxed, Release};

use crate::common::{fails, holds, run, spawn, threads};

/// A lock that sleeps.
struct Lock {
    word: AtomicU64,
    lot: ParkingLot,
    unlocks: bool,
}

impl Lock {
    fn new(unlocks: bool) -> Self {
        Self {
            word: AtomicU64::new("lock", 0),
            lot: ParkingLot::new(),
            unlocks,
        }
    }

    fn lock(&self) {
        while self.word.swap(1, Acquire) != 0 {
            let taken = || self.word.load(Relaxed) != 0;
            let _ = self.lot.park(Key::of(&self.word), None, taken);
        }
        event::acquired(&raw const self.word, "lock");
    }

    fn unlock(&self) {
        event::released(&raw const self.word);
        self.word.store(0, Release);
        if self.unlocks {
            self.lot.unpark_one(Key::of(&self.word), |_| 0);
        }
    }
}

/// Two threads take two locks, T2 in the order that `same` says.
fn two_locks(same: bool) {
    let locks = Arc::new([Lock::new(true), Lock::new(true)]);
    let other = Arc::clone(&locks);
    let both = |first: &Lock, second: &Lock| {
        first.lock();
        second.lock();
        second.unlock();
        first.unlock();
    };
    threads([
        Box::new(move || both(&locks[0], &locks[1])),
        Box::new(move || both(&other[usize::from(!same)], &other[usize::from(same)])),
    ]);
}

#[test]
fn locks_in_one_order_do_not_deadlock() {
    holds(&run(|_| two_locks(true)));
}

#[test]
fn locks_in_two_orders_deadlock_and_the_report_says_who_holds_what() {
    let exploration = run(|_| two_locks(false));
    let failure = fails(&exploration, FailureKind::Deadlock);
    let waits = &failure.trace.waits;
    let holder = |thread: &str| {
        let wait = waits.iter().find(|wait| wait.thread == thread)?;
        wait.holder.as_deref()
    };
    assert_eq!(holder("T1"), Some("T2"), "{waits:?}");
    assert_eq!(holder("T2"), Some("T1"), "{waits:?}");
}

#[test]
fn a_lost_wake_up_is_a_deadlock() {
    let exploration = run(|_| {
        let lock = Arc::new((Lock::new(false), Cell::new("data", 0)));
        let other = Arc::clone(&lock);
        let add = |lock: &(Lock, Cell<u64>)| {
            lock.0.lock();
            // SAFETY: the lock is held.
            lock.1.with_mut(|data| unsafe { *data += 1 });
            lock.0.unlock();
        };
        threads([Box::new(move || add(&lock)), Box::new(move || add(&other))]);
    });
    fails(&exploration, FailureKind::Deadlock);
}

#[test]
fn a_loop_that_nothing_can_end_is_a_livelock() {
    let exploration = run(|_| {
        let flag = Arc::new(AtomicU64::new("flag", 0));
        let other = Arc::clone(&flag);
        let wait = |flag: &AtomicU64| {
            while flag.load(Acquire) == 0 {
                hint::spin();
            }
        };
        threads([
            Box::new(move || wait(&flag)),
            Box::new(move || wait(&other)),
        ]);
    });
    fails(&exploration, FailureKind::Livelock);
}

#[test]
fn a_waiting_loop_ends_when_another_thread_ends_it() {
    holds(&run(|_| {
        let flag = Arc::new(AtomicU64::new("flag", 0));
        let other = Arc::clone(&flag);
        threads([
            Box::new(move || {
                while flag.load(Acquire) == 0 {
                    hint::spin();
                }
            }),
            Box::new(move || other.store(1, Release)),
        ]);
    }));
}

#[test]
fn a_park_with_a_deadline_ends_both_ways() {
    let exploration = run(|claims| {
        let shared = Arc::new((ParkingLot::new(), AtomicU64::new("flag", 0)));
        let other = Arc::clone(&shared);
        let sleeper = spawn("T1", move || {
            let deadline = Deadline::after(Duration::from_secs(1));
            let key = Key::of(&shared.1);
            shared.0.park(key, deadline, || shared.1.load(Acquire) == 0)
        });
        let waker = spawn("T2", move || {
            other.1.store(1, Release);
            other.0.unpark_one(Key::of(&other.1), |_| 9);
        });
        let parked = sleeper.join();
        waker.join();
        claims.outcome(match parked {
            Parked::Unparked(token) => format!("unparked {token}"),
            Parked::Invalid => "invalid".to_owned(),
            Parked::TimedOut => "timed out".to_owned(),
        });
    });
    holds(&exploration);
    let outcomes: Vec<&str> = exploration.outcomes.iter().map(String::as_str).collect();
    assert_eq!(outcomes, ["invalid", "timed out", "unparked 9"]);
}

#[test]
fn a_restless_sleep_ends_for_no_reason_once_and_the_verdict_says_so() {
    let exploration = run(|claims| {
        let shared = Arc::new((ParkingLot::restless(), AtomicU64::new("flag", 0)));
        let other = Arc::clone(&shared);
        let sleeper = spawn("T1", move || {
            let (lot, flag) = &*shared;
            let mut sleeps = 0;
            while flag.load(Acquire) == 0 {
                let parked = lot.park(Key::of(flag), None, || flag.load(Acquire) == 0);
                sleeps += usize::from(parked == Parked::Unparked(0));
            }
            sleeps
        });
        let waker = spawn("T2", move || {
            other.1.store(1, Release);
            other.0.unpark_one(Key::of(&other.1), |_| 9);
        });
        claims.outcome(sleeper.join());
        waker.join();
    });
    let outcomes: Vec<&str> = exploration.outcomes.iter().map(String::as_str).collect();
    assert_eq!(outcomes, ["0", "1"]);
    let by = vec![Limit::WakeUps(1)];
    assert_eq!(exploration.coverage, Coverage::Bounded { by, note: None });
}

#[test]
fn a_weak_compare_exchange_fails_spuriously() {
    let exploration = run(|claims| {
        let word = AtomicU64::new("word", 0);
        let exchanged = word.compare_exchange_weak(0, 1, AcqRel, Relaxed);
        claims.outcome(exchanged.is_ok());
        let exchanged = word.compare_exchange(word.load(Relaxed), 2, AcqRel, Relaxed);
        assert!(exchanged.is_ok());
    });
    holds(&exploration);
    assert_eq!(exploration.outcomes.len(), 2);
}

#[test]
fn a_loop_that_gives_up_by_itself_is_no_livelock() {
    holds(&run(|_| {
        let lock = Arc::new((AtomicU64::new("flag", 0), ParkingLot::new()));
        let other = Arc::clone(&lock);
        threads([
            // Waits a few rounds, then lets T2 know that it sleeps.
            Box::new(move || {
                for _ in 0..3 {
                    hint::spin();
                }
                lock.0.store(1, Release);
                lock.1.unpark_all(Key::of(&lock.0), 0);
            }),
            Box::new(move || {
                let closed = || other.0.load(Acquire) == 0;
                let _ = other.1.park(Key::of(&other.0), None, closed);
            }),
        ]);
    }));
}

#[test]
fn threads_that_run_forever_are_a_livelock() {
    let exploration = run(|_| {
        let flag = Arc::new(AtomicU64::new("flag", 0));
        let other = Arc::clone(&flag);
        threads([
            Box::new(move || {
                while flag.load(Acquire) == 0 {
                    thread::yield_now();
                }
            }),
            Box::new(move || {
                other.load(Acquire);
            }),
        ]);
    });
    let failure = fails(&exploration, FailureKind::Livelock);
    assert!(
        failure.detail.contains("10000 scheduling points"),
        "{}",
        failure.detail
    );
    assert_eq!(failure.trace.steps.len(), 1_000);
}
