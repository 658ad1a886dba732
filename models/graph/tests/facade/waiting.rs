//! Threads that wait: for each other, for nobody, for a while.

use std::sync::Arc;
use std::time::Duration;

use reports::failure::FailureKind;
use reports::plan::{Coverage, Limit};
use reports::scenario::Claims;
use runtime_graph::sync::atomic::{
    AtomicU64,
    Ordering::{Acquire, Relaxed, Release},
};
use runtime_graph::sync::park::{Key, Parked, ParkingLot};
use runtime_graph::sync::time::{Clock, Deadline};
use runtime_graph::sync::{event, hint};

use crate::common::{both, fails, holds, outcomes, run};

/// Two locks, and where threads sleep for them.
struct Locks {
    words: [AtomicU64; 2],
    lot: ParkingLot,
}

impl Locks {
    fn new() -> Arc<Self> {
        Arc::new(Self {
            words: [AtomicU64::new("first", 0), AtomicU64::new("second", 0)],
            lot: ParkingLot::new(),
        })
    }

    fn lock(&self, index: usize) {
        let word = &self.words[index];
        while word.swap(1, Acquire) != 0 {
            let _ = self
                .lot
                .park(Key::of(word), None, || word.load(Relaxed) != 0);
        }
        event::acquired(word, "lock");
    }

    fn unlock(&self, index: usize) {
        let word = &self.words[index];
        event::released(word);
        word.swap(0, Release);
        self.lot.unpark_one(Key::of(word), |_| 0);
    }

    fn take(&self, one: usize, two: usize) {
        self.lock(one);
        self.lock(two);
        self.unlock(two);
        self.unlock(one);
    }
}

/// Two threads take two locks, the right one in the order that `same` says.
fn two_locks(same: bool) {
    let locks = Locks::new();
    let other = Arc::clone(&locks);
    both(
        move || locks.take(0, 1),
        move || other.take(usize::from(!same), usize::from(same)),
    );
}

#[test]
fn locks_in_two_orders_deadlock_and_in_one_order_do_not() {
    let exploration = holds(|_| two_locks(true));
    assert_eq!(exploration.coverage, Coverage::Exhaustive);
    let failure = fails(|_| two_locks(false), FailureKind::Deadlock);
    let holder = |thread: &str| {
        let waits = &failure.trace.waits;
        let wait = waits.iter().find(|wait| wait.thread == thread);
        wait.and_then(|wait| wait.holder.as_deref())
    };
    assert_eq!(holder("left"), Some("right"), "{failure:#?}");
    assert_eq!(holder("right"), Some("left"), "{failure:#?}");
}

/// Waits in a loop until the flag is up.
fn await_flag(flag: &AtomicU64) {
    while flag.load(Acquire) == 0 {
        hint::spin();
    }
}

#[test]
fn a_loop_that_nothing_can_end_is_a_livelock() {
    fails(
        |_| {
            let flag = Arc::new(AtomicU64::new("flag", 0));
            let other = Arc::clone(&flag);
            both(move || await_flag(&flag), move || await_flag(&other));
        },
        FailureKind::Livelock,
    );
}

#[test]
fn waiting_in_a_loop_costs_no_executions() {
    let exploration = holds(|_| {
        let flag = Arc::new(AtomicU64::new("flag", 0));
        let other = Arc::clone(&flag);
        both(move || await_flag(&flag), move || other.store(1, Release));
    });
    assert_eq!(exploration.executions, 1);
    assert_eq!(exploration.coverage, Coverage::Exhaustive);
}

#[test]
fn a_loop_that_does_not_say_that_it_waits_is_inconclusive() {
    let exploration = run(|_| {
        let flag = Arc::new(AtomicU64::new("flag", 0));
        let other = Arc::clone(&flag);
        both(
            move || while flag.load(Relaxed) == 0 {},
            move || other.store(1, Relaxed),
        );
    });
    let Coverage::Inconclusive { reason } = exploration.coverage else {
        panic!("{:?}", exploration.coverage);
    };
    assert!(reason.contains("events"), "{reason}");
    assert!(exploration.failure.is_none());
}

#[test]
fn a_park_with_a_deadline_ends_in_every_way() {
    let exploration = holds(|claims| {
        let shared = Arc::new((AtomicU64::new("flag", 0), ParkingLot::new()));
        let other = Arc::clone(&shared);
        let claims = claims.clone();
        both(
            move || {
                let (flag, lot) = &*shared;
                let deadline = Deadline::after(Duration::from_secs(1));
                let parked = lot.park(Key::of(flag), deadline, || flag.load(Acquire) == 0);
                claims.outcome(format_args!("{parked:?}"));
            },
            move || {
                other.0.store(1, Release);
                other.1.unpark_one(Key::of(&other.0), |_| 9);
            },
        );
    });
    assert_eq!(
        outcomes(&exploration),
        ["Invalid", "TimedOut", "Unparked(9)"]
    );
    assert_eq!(exploration.coverage, Coverage::Exhaustive);
}

/// Sleeps this many times, each time until a deadline, and nobody wakes it.
fn sleeps(claims: &Claims, times: usize) {
    let lot = ParkingLot::new();
    let word = AtomicU64::new("word", 0);
    let clock = Clock::start();
    let one = Duration::from_secs(1);
    let timed_out =
        |_: &usize| lot.park(Key::of(&word), Deadline::after(one), || true) == Parked::TimedOut;
    let count = (0..times).filter(timed_out).count();
    claims.outcome(format_args!("{count} in {:?}", clock.elapsed()));
}

#[test]
fn a_sleep_that_nobody_ends_times_out() {
    let exploration = holds(|claims| sleeps(claims, 2));
    assert_eq!(outcomes(&exploration), ["2 in 2s"]);
    assert_eq!(exploration.coverage, Coverage::Exhaustive);
}

#[test]
fn a_thread_that_would_time_out_again_and_again_makes_the_verdict_bounded() {
    let exploration = run(|claims| {
        let (awake, told) = (claims.clone(), claims.clone());
        both(move || sleeps(&told, 3), move || awake.outcome("awake"));
    });
    assert!(exploration.failure.is_none());
    let by = vec![Limit::TimeOuts(2)];
    assert_eq!(exploration.coverage, Coverage::Bounded { by, note: None });
}

/// Sleeps until the flag is set, in a lot that is restless, and counts how often it looked.
fn sleeps_restlessly(shared: &(AtomicU64, ParkingLot), claims: &Claims) {
    let (flag, lot) = shared;
    let mut sleeps = 0;
    while flag.load(Acquire) == 0 {
        let parked = lot.park(Key::of(flag), None, || flag.load(Acquire) == 0);
        sleeps += usize::from(matches!(parked, Parked::Unparked(0)));
    }
    claims.outcome(sleeps);
}

#[test]
fn a_restless_sleep_ends_for_no_reason_once_and_the_verdict_says_so() {
    let exploration = run(|claims| {
        let shared = Arc::new((AtomicU64::new("flag", 0), ParkingLot::restless()));
        let (other, claims) = (Arc::clone(&shared), claims.clone());
        both(
            move || sleeps_restlessly(&shared, &claims),
            move || {
                other.0.store(1, Release);
                other.1.unpark_one(Key::of(&other.0), |_| 9);
            },
        );
    });
    assert!(exploration.failure.is_none());
    assert_eq!(outcomes(&exploration), ["0", "1"]);
    let by = vec![Limit::WakeUps(1)];
    assert_eq!(exploration.coverage, Coverage::Bounded { by, note: None });
}

#[test]
fn a_thread_that_takes_a_restless_sleep_for_a_signal_is_found_out() {
    let exploration = run(|_| {
        let shared = Arc::new((AtomicU64::new("flag", 0), ParkingLot::restless()));
        let other = Arc::clone(&shared);
        both(
            move || {
                let (flag, lot) = &*shared;
                let _ = lot.park(Key::of(flag), None, || flag.load(Acquire) == 0);
                assert_eq!(flag.load(Acquire), 1);
            },
            move || {
                other.0.store(1, Release);
                other.1.unpark_one(Key::of(&other.0), |_| 9);
            },
        );
    });
    assert!(exploration.failure.is_some());
}

#[test]
fn sleepers_are_woken_in_the_order_in_which_they_went_to_sleep() {
    let exploration = holds(|claims| {
        let shared = Arc::new((AtomicU64::new("asleep", 0), ParkingLot::new()));
        let all = [(); 2].map(|()| (Arc::clone(&shared), claims.clone()));
        let sleep = |(shared, claims): (Arc<(AtomicU64, ParkingLot)>, Claims)| {
            move || {
                let (asleep, lot) = &*shared;
                let mut place = 0;
                let parked = lot.park(Key::of(asleep), None, || {
                    place = asleep.fetch_add(1, Relaxed);
                    true
                });
                claims.outcome(format_args!("{place}: {parked:?}"));
            }
        };
        let waker = Arc::clone(&shared);
        let waker = runtime_graph::sync::thread::spawn("waker", crate::common::STACK, move || {
            for token in 0..2 {
                while waker.0.load(Relaxed) < 2 {
                    hint::spin();
                }
                waker.1.unpark_one(Key::of(&waker.0), |_| token);
            }
        });
        let [one, two] = all;
        both(sleep(one), sleep(two));
        waker.expect("a thread starts").join();
    });
    assert_eq!(outcomes(&exploration), ["0: Unparked(0)", "1: Unparked(1)"]);
}
