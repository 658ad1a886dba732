//! Every oracle of the shuttle world, seen red on a body that is broken in one way, and green on its sound twin.

mod shuttle_common;

use std::alloc::Layout;
use std::ptr::NonNull;
use std::sync::Arc;
use std::time::Duration;

use checks_shuttle::rt::sync::atomic::{AtomicPtr, AtomicU64, Ordering, fence};
use checks_shuttle::rt::sync::cell::Cell;
use checks_shuttle::rt::sync::checker::explore;
use checks_shuttle::rt::sync::heap::{Heap, Kind};
use checks_shuttle::rt::sync::park::{Key, Parked, ParkingLot};
use checks_shuttle::rt::sync::time::Deadline;
use checks_shuttle::rt::sync::{event, hint, site};
use reports::failure::FailureKind;
use reports::plan::Plan;
use reports::scenario::Claims;

use Ordering::{AcqRel, Acquire, Relaxed, Release, SeqCst};
use shuttle_common::{dfs, fails, holds, run, scenario, spawn, threads};

/// A message passed from T1 to T2 through a cell, published by `publish` and seen by `see`.
fn message(publish: Ordering, see: Ordering) {
    let shared = Arc::new((Cell::new("message", 0), AtomicU64::new("flag", 0)));
    let other = Arc::clone(&shared);
    threads([
        Box::new(move || {
            // SAFETY: nobody reads before the flag is up.
            shared.0.with_mut(|message| unsafe { *message = 42 });
            shared.1.store(1, publish);
        }),
        Box::new(move || {
            if other.1.load(see) == 1 {
                // SAFETY: the flag is up.
                let seen = other.0.with(|message| unsafe { *message });
                assert_eq!(seen, 42);
            }
        }),
    ]);
}

#[test]
fn a_published_message_is_no_race() {
    holds(&run(|_| message(site("test.publish", Release), Acquire)));
}

#[test]
fn a_message_without_release_is_a_race() {
    let exploration = run(|_| message(Relaxed, Acquire));
    let failure = fails(&exploration, FailureKind::DataRace);
    assert!(failure.detail.contains("`message` is read"), "{failure:#?}");
}

#[test]
fn a_message_without_acquire_is_a_race() {
    fails(&run(|_| message(Release, Relaxed)), FailureKind::DataRace);
}

#[test]
fn a_weakened_site_is_a_race() {
    let weakened = Plan {
        weaken: Some("test.publish"),
        ..dfs()
    };
    let body = |_: &Claims| message(site("test.publish", Release), Acquire);
    fails(&explore(&weakened, &scenario(body)), FailureKind::DataRace);
}

#[test]
fn store_buffering_has_three_outcomes_under_sequential_consistency() {
    let exploration = run(|claims| {
        let words = Arc::new((AtomicU64::new("x", 0), AtomicU64::new("y", 0)));
        let (left, right) = (Arc::clone(&words), words);
        let first = spawn("T1", move || {
            left.0.store(1, Relaxed);
            fence(SeqCst);
            left.1.load(Relaxed)
        });
        let second = spawn("T2", move || {
            right.1.store(1, Relaxed);
            fence(SeqCst);
            right.0.load(Relaxed)
        });
        let (first, second) = (first.join(), second.join());
        claims.outcome(format_args!("{first}{second}"));
    });
    holds(&exploration);
    let outcomes: Vec<&str> = exploration.outcomes.iter().map(String::as_str).collect();
    assert_eq!(outcomes, ["01", "10", "11"]);
}

/// A message that a relaxed flag carries, with the fences that `fences` asks for.
fn fenced(fences: bool) {
    let shared = Arc::new((Cell::new("message", 0), AtomicU64::new("flag", 0)));
    let other = Arc::clone(&shared);
    threads([
        Box::new(move || {
            // SAFETY: nobody reads before the flag is up.
            shared.0.with_mut(|message| unsafe { *message = 42 });
            if fences {
                fence(Release);
            }
            shared.1.store(1, Relaxed);
        }),
        Box::new(move || {
            if other.1.load(Relaxed) == 1 {
                if fences {
                    fence(Acquire);
                }
                // SAFETY: the flag is up.
                let seen = other.0.with(|message| unsafe { *message });
                assert_eq!(seen, 42);
            }
        }),
    ]);
}

#[test]
fn fences_order_relaxed_accesses() {
    holds(&run(|_| fenced(true)));
    fails(&run(|_| fenced(false)), FailureKind::DataRace);
}

/// T2 adds to the flag that T1 raised, with `add`; T3 reads T2's value.
fn release_sequence(add: fn(&AtomicU64)) {
    let shared = Arc::new((Cell::new("message", 0), AtomicU64::new("flag", 0)));
    let (second, third) = (Arc::clone(&shared), Arc::clone(&shared));
    threads([
        Box::new(move || {
            // SAFETY: nobody reads before the flag is up.
            shared.0.with_mut(|message| unsafe { *message = 42 });
            shared.1.store(1, Release);
        }),
        Box::new(move || {
            if second.1.load(Relaxed) == 1 {
                add(&second.1);
            }
        }),
        Box::new(move || {
            if third.1.load(Acquire) == 2 {
                // SAFETY: the flag is up.
                let seen = third.0.with(|message| unsafe { *message });
                assert_eq!(seen, 42);
            }
        }),
    ]);
}

#[test]
fn a_release_sequence_goes_through_updates_but_not_through_stores() {
    holds(&run(|_| {
        release_sequence(|flag| {
            flag.fetch_add(1, Relaxed);
        });
    }));
    let stored = run(|_| release_sequence(|flag| flag.store(2, Relaxed)));
    fails(&stored, FailureKind::DataRace);
}

/// A node that T1 publishes with `publish` and T2 reads, unlinked and freed by T1.
fn node(publish: Ordering, hold: bool, free_twice: bool) {
    let heap = Arc::new(Heap::new());
    let slot = Arc::new(AtomicPtr::new("slot", std::ptr::null_mut()));
    let held = Arc::new(AtomicU64::new("held", 0));
    let (slot2, held2) = (Arc::clone(&slot), Arc::clone(&held));
    threads([
        Box::new(move || {
            let local = heap.local();
            let block = local.alloc(Layout::new::<AtomicU64>(), Kind::Memory("node"));
            let node = block.cast::<AtomicU64>();
            // SAFETY: the block has the layout of its content, and nobody else has it yet.
            unsafe { node.write(AtomicU64::new("value", 7)) };
            slot.store(node.as_ptr(), publish);
            slot.swap(std::ptr::null_mut(), Relaxed);
            while hold && held.load(Acquire) != 2 {
                hint::spin();
            }
            // SAFETY: as the test wants it; the model catches what goes wrong.
            unsafe { local.free(block) };
            if free_twice {
                // SAFETY: as above.
                unsafe { local.free(block) };
            }
        }),
        Box::new(move || {
            if let Some(node) = NonNull::new(slot2.load(Acquire)) {
                // SAFETY: as the test wants it; the model catches what goes wrong.
                let value = unsafe { node.as_ref() }.load(Relaxed);
                assert_eq!(value, 7);
            }
            held2.store(2, Release);
        }),
    ]);
}

#[test]
fn a_reader_that_is_waited_for_may_read() {
    holds(&run(|_| node(Release, true, false)));
}

#[test]
fn a_reader_that_is_not_waited_for_uses_after_free() {
    let exploration = run(|_| node(Release, false, false));
    let failure = fails(&exploration, FailureKind::UseAfterFree);
    assert!(failure.detail.contains("`node#1`"), "{failure:#?}");
    let history = &failure.trace.blocks[0].history;
    assert!(
        history[0].starts_with("allocated by T1 at checks/tests/"),
        "{history:?}"
    );
}

#[test]
fn an_unpublished_block_may_not_be_touched() {
    let exploration = run(|_| node(Relaxed, true, false));
    let failure = fails(&exploration, FailureKind::DataRace);
    assert!(failure.claim.contains("published"), "{failure:#?}");
}

#[test]
fn a_second_free_is_a_double_free() {
    let exploration = run(|_| node(Release, true, true));
    let failure = fails(&exploration, FailureKind::DoubleFree);
    assert_eq!(failure.trace.blocks[0].history.len(), 2, "{failure:#?}");
}

#[test]
fn a_block_that_is_left_is_a_leak() {
    let exploration = run(|_| {
        let local = Heap::new().local();
        let _ = local.alloc(Layout::new::<u64>(), Kind::Object("dict"));
    });
    let failure = fails(&exploration, FailureKind::Leak);
    assert!(failure.detail.contains("`dict#1`"), "{failure:#?}");
}

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
fn a_panic_of_the_code_is_a_failure_of_its_own_kind() {
    let exploration = run(|_| threads([Box::new(|| assert_eq!(1 + 1, 3, "sums"))]));
    let failure = fails(&exploration, FailureKind::Panic);
    assert!(failure.detail.contains("sums"), "{failure:#?}");
}

#[test]
fn a_broken_claim_is_a_claim() {
    let exploration = run(|claims| {
        let word = Arc::new(AtomicU64::new("word", 0));
        let other = Arc::clone(&word);
        let add = |word: &AtomicU64| {
            let old = word.load(Relaxed);
            word.store(old + 1, Relaxed);
        };
        threads([
            Box::new({
                let word = Arc::clone(&word);
                move || add(&word)
            }),
            Box::new(move || add(&other)),
        ]);
        let sum = word.load(Relaxed);
        claims.always("no update is lost", sum == 2, || {
            format!("the sum is {sum}")
        });
    });
    let failure = fails(&exploration, FailureKind::Claim);
    assert_eq!(failure.detail, "the sum is 1");
}
