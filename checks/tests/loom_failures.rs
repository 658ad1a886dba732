//! Every way in which an execution fails in loom: the right kind, the same text each time, and never an abort.

use std::alloc::Layout;
use std::ptr::NonNull;
use std::sync::Arc;
use std::time::Duration;

use checks_loom::rt::sync::atomic::{
    AtomicPtr, AtomicU64,
    Ordering::{self, Acquire, Relaxed, Release},
};
use checks_loom::rt::sync::cell::Cell;
use checks_loom::rt::sync::checker::explore;
use checks_loom::rt::sync::heap::{Heap, Kind};
use checks_loom::rt::sync::park::{Key, Parked, ParkingLot};
use checks_loom::rt::sync::time::Deadline;
use checks_loom::rt::sync::{event, hint, site, thread};
use reports::failure::{Failure, FailureKind};
use reports::plan::{Coverage, Exploration, Limit, Plan, Search};
use reports::scenario::{Bound, Claims, Pillar, Scenario};

const STACK: usize = 64 << 10;

fn scenario(body: fn(&Claims)) -> Scenario {
    Scenario {
        name: "oracle",
        pillar: Pillar::Safepoint,
        question: "Does the oracle see it?",
        always: "It does.",
        sometimes: &[],
        bound: Bound::Complete,
        body,
    }
}

fn plan(preemptions: Option<usize>) -> Plan {
    Plan::new(
        Search::Loom {
            complete: true,
            preemptions,
        },
        Duration::from_secs(60),
    )
}

fn run(body: fn(&Claims)) -> Exploration {
    explore(&plan(None), &scenario(body))
}

#[track_caller]
fn fails(body: fn(&Claims), kind: FailureKind) -> Failure {
    let failure = run(body).failure.expect("the body is broken");
    assert_eq!(failure.kind, kind, "{failure:#?}");
    failure
}

/// Runs two bodies as `left` and `right`, and waits for them.
fn both(left: impl FnOnce() + Send + 'static, right: impl FnOnce() + Send + 'static) {
    let left = thread::spawn("left", STACK, left).expect("a thread starts");
    let right = thread::spawn("right", STACK, right).expect("a thread starts");
    left.join();
    right.join();
}

fn message(publish: Ordering) {
    let shared = Arc::new((Cell::new("message", 0), AtomicU64::new("flag", 0)));
    let other = Arc::clone(&shared);
    both(
        move || {
            // SAFETY: nobody reads before the flag is up.
            shared.0.with_mut(|message| unsafe { *message = 42 });
            shared.1.store(1, publish);
        },
        move || {
            if other.1.load(Acquire) == 1 {
                // SAFETY: the flag is up.
                other.0.with(|message| unsafe { *message });
            }
        },
    );
}

#[test]
fn an_unpublished_message_is_a_race() {
    let failure = fails(|_| message(Relaxed), FailureKind::DataRace);
    assert!(failure.detail.contains("`message` is read"), "{failure:#?}");
    assert!(failure.detail.contains("the write by left"), "{failure:#?}");
}

#[test]
fn a_weakened_site_is_a_race() {
    let body = |_: &Claims| message(site("test.publish", Release));
    let weakened = Plan {
        weaken: Some("test.publish"),
        ..plan(None)
    };
    assert!(run(body).failure.is_none());
    let failure = explore(&weakened, &scenario(body))
        .failure
        .expect("it races");
    assert_eq!(failure.kind, FailureKind::DataRace);
    assert_eq!(failure.replay.weaken.as_deref(), Some("test.publish"));
}

/// A node that one thread publishes while another may read it; it is freed `frees` times at once, or else at the end.
fn node(publish: Ordering, frees: usize) {
    let heap = Arc::new(Heap::new());
    let end = Arc::clone(&heap);
    let slot = Arc::new(AtomicPtr::new("slot", std::ptr::null_mut()));
    let (other, last) = (Arc::clone(&slot), Arc::clone(&slot));
    both(
        move || {
            let local = heap.local();
            let block = local.alloc(Layout::new::<AtomicU64>(), Kind::Memory("node"));
            let node = block.cast::<AtomicU64>();
            // SAFETY: the block has the layout of its content, and nobody else has it yet.
            unsafe { node.write(AtomicU64::new("value", 7)) };
            slot.store(node.as_ptr(), publish);
            if frees > 0 {
                slot.swap(std::ptr::null_mut(), Relaxed);
            }
            for _ in 0..frees {
                // SAFETY: as the test wants it; the model catches what goes wrong.
                unsafe { local.free(block) };
            }
        },
        move || {
            if let Some(node) = NonNull::new(other.load(Acquire)) {
                // SAFETY: as the test wants it; the model catches what goes wrong.
                unsafe { node.as_ref() }.load(Relaxed);
            }
        },
    );
    if let Some(node) = NonNull::new(last.load(Relaxed)) {
        // SAFETY: both threads are joined.
        unsafe { end.local().free(node.cast()) };
    }
}

#[test]
fn a_touch_that_is_not_ordered_with_the_free_is_a_use_after_free() {
    let failure = fails(|_| node(Release, 1), FailureKind::UseAfterFree);
    let history = &failure.trace.blocks[0].history;
    assert_eq!(history[0].what, "allocated");
    assert_eq!(failure.trace.thread(history[0].thread), "left");
    assert_eq!(history[1].what, "freed");
    assert_eq!(failure.trace.thread(history[1].thread), "left");
}

#[test]
fn a_block_that_was_not_published_may_not_be_touched() {
    let failure = fails(|_| node(Relaxed, 0), FailureKind::DataRace);
    assert!(failure.claim.contains("published"), "{failure:#?}");
}

#[test]
fn a_second_free_is_a_double_free() {
    fails(|_| node(Release, 2), FailureKind::DoubleFree);
}

#[test]
fn a_block_that_is_left_is_a_leak() {
    let failure = fails(
        |_| {
            let local = Heap::new().local();
            let _ = local.alloc(Layout::new::<u64>(), Kind::Object("dict"));
        },
        FailureKind::Leak,
    );
    assert!(failure.detail.contains("`dict#1`"), "{failure:#?}");
}

fn lock(word: &AtomicU64) {
    while word.swap(1, Acquire) != 0 {
        let _ = ParkingLot::new().park(Key::of(word), None, || word.load(Relaxed) != 0);
    }
    event::acquired(word, "lock");
}

fn unlock(word: &AtomicU64) {
    event::released(word);
    word.swap(0, Release);
    ParkingLot::new().unpark_one(Key::of(word), |_| 0);
}

/// Two threads take two locks, the right one in the order that `same` says.
fn locks(same: bool) {
    let locks = Arc::new([AtomicU64::new("first", 0), AtomicU64::new("second", 0)]);
    let other = Arc::clone(&locks);
    let take = |one: &AtomicU64, two: &AtomicU64| {
        lock(one);
        lock(two);
        unlock(two);
        unlock(one);
    };
    both(
        move || take(&locks[0], &locks[1]),
        move || take(&other[usize::from(!same)], &other[usize::from(same)]),
    );
}

#[test]
fn locks_in_two_orders_deadlock_and_in_one_order_do_not() {
    assert!(
        explore(&plan(Some(2)), &scenario(|_| locks(true)))
            .failure
            .is_none()
    );
    let failure = fails(|_| locks(false), FailureKind::Deadlock);
    let holder = |thread: &str| {
        let wait = failure
            .trace
            .waits
            .iter()
            .find(|wait| wait.thread == thread);
        wait.and_then(|wait| wait.holder.as_deref())
    };
    assert_eq!(holder("left"), Some("right"), "{failure:#?}");
    assert_eq!(holder("right"), Some("left"), "{failure:#?}");
}

#[test]
fn a_loop_that_nothing_can_end_is_a_livelock() {
    fails(
        |_| {
            let flag = Arc::new(AtomicU64::new("flag", 0));
            let other = Arc::clone(&flag);
            let wait = |flag: &AtomicU64| {
                while flag.load(Acquire) == 0 {
                    hint::spin();
                }
            };
            both(move || wait(&flag), move || wait(&other));
        },
        FailureKind::Livelock,
    );
}

#[test]
fn a_panic_of_the_code_is_a_failure_of_its_own_kind() {
    let failure = fails(
        |_| both(|| assert_eq!(1 + 1, 3, "sums"), || {}),
        FailureKind::Panic,
    );
    assert!(failure.detail.contains("sums"), "{failure:#?}");
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
    assert!(reason.contains("steps"), "{reason}");
}

#[test]
fn a_fourth_worker_is_refused() {
    let exploration = run(|claims| {
        let spawn = |_| thread::spawn("worker", STACK, || {});
        let threads: Vec<_> = (0..4).map(spawn).collect();
        claims.outcome(threads.iter().filter(|thread| thread.is_ok()).count());
        threads
            .into_iter()
            .flatten()
            .for_each(|thread| thread.join());
    });
    assert!(exploration.failure.is_none(), "{:#?}", exploration.failure);
    assert!(
        exploration.outcomes.contains("3"),
        "{:?}",
        exploration.outcomes
    );
}

#[test]
fn a_park_with_a_deadline_ends_in_every_way() {
    let exploration = run(|claims| {
        let flag = Arc::new(AtomicU64::new("flag", 0));
        let other = Arc::clone(&flag);
        let claims = claims.clone();
        both(
            move || {
                let deadline = Deadline::after(Duration::from_secs(1));
                let lot = ParkingLot::new();
                let parked = lot.park(Key::of(&*flag), deadline, || flag.load(Acquire) == 0);
                claims.outcome(format_args!("{parked:?}"));
            },
            move || {
                other.store(1, Release);
                ParkingLot::new().unpark_one(Key::of(&*other), |_| 9);
            },
        );
    });
    let outcomes: Vec<&str> = exploration.outcomes.iter().map(String::as_str).collect();
    assert_eq!(outcomes, ["Invalid", "TimedOut", "Unparked(9)"]);
    assert_eq!(exploration.coverage, Coverage::Exhaustive);
}

#[test]
fn a_restless_sleep_ends_for_no_reason_once_and_the_verdict_says_so() {
    let exploration = run(|claims| {
        let flag = Arc::new(AtomicU64::new("flag", 0));
        let other = Arc::clone(&flag);
        let claims = claims.clone();
        both(
            move || {
                let lot = ParkingLot::restless();
                let mut sleeps = 0;
                while flag.load(Acquire) == 0 {
                    let parked = lot.park(Key::of(&*flag), None, || flag.load(Acquire) == 0);
                    sleeps += usize::from(parked == Parked::Unparked(0));
                }
                claims.outcome(sleeps);
            },
            move || {
                other.store(1, Release);
                ParkingLot::new().unpark_one(Key::of(&*other), |_| 9);
            },
        );
    });
    let outcomes: Vec<&str> = exploration.outcomes.iter().map(String::as_str).collect();
    assert_eq!(outcomes, ["0", "1"]);
    let by = vec![Limit::WakeUps(1)];
    assert_eq!(exploration.coverage, Coverage::Bounded { by, note: None });
}

/// loom would find that both threads of store buffering read 0, which sequentially consistent accesses rule out.
#[test]
fn sequentially_consistent_accesses_are_refused() {
    let exploration = run(|claims| {
        let shared = Arc::new((AtomicU64::new("x", 0), AtomicU64::new("y", 0)));
        let other = Arc::clone(&shared);
        let claims = claims.clone();
        both(
            move || {
                shared.0.store(1, Ordering::SeqCst);
                claims.outcome(shared.1.load(Ordering::SeqCst));
            },
            move || {
                other.1.store(1, Ordering::SeqCst);
                other.0.load(Ordering::SeqCst);
            },
        );
    });
    assert!(exploration.failure.is_none(), "{exploration:#?}");
    let Coverage::Inconclusive { reason } = exploration.coverage else {
        panic!("it is not refused: {exploration:#?}");
    };
    assert!(reason.contains("sequentially consistent"), "{reason}");
}

/// Two threads each read a word and write what they read and one.
fn lost_update(claims: &Claims) {
    let word = Arc::new(AtomicU64::new("word", 0));
    let other = Arc::clone(&word);
    let add = |word: &AtomicU64| word.store(word.load(Acquire) + 1, Release);
    let last = Arc::clone(&word);
    both(move || add(&word), move || add(&other));
    let value = last.load(Relaxed);
    claims.always("no update is lost", value == 2, || {
        format!("the word is {value}")
    });
}

#[test]
fn the_same_plan_finds_the_same_failure_in_the_same_words() {
    let text = || format!("{:#?}", fails(lost_update, FailureKind::Claim));
    assert_eq!(text(), text());
}

#[test]
fn the_replay_of_a_failure_finds_it_again() {
    let failure = fails(|_| locks(false), FailureKind::Deadlock);
    let replay = Plan {
        search: failure.replay.search.clone(),
        ..plan(None)
    };
    let again = explore(&replay, &scenario(|_| locks(false)));
    assert_eq!(again.executions, failure.replay.execution);
    let again = again.failure.expect("it fails again");
    assert_eq!(format!("{again:#?}"), format!("{failure:#?}"));
}

#[test]
fn a_failure_is_reported_with_the_fewest_preemptions() {
    let failure = fails(|_| locks(false), FailureKind::Deadlock);
    let Search::Loom { preemptions, .. } = failure.replay.search else {
        panic!("loom's failures replay in loom");
    };
    assert_eq!(preemptions, Some(1), "{failure:#?}");
}
