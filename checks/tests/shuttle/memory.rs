//! The oracles of memory: races, unpublished blocks, use after free, double free, leak.

use std::alloc::Layout;
use std::ptr::NonNull;
use std::sync::Arc;

use checks_shuttle::rt::sync::atomic::{AtomicPtr, AtomicU64, Ordering, fence};
use checks_shuttle::rt::sync::cell::Cell;
use checks_shuttle::rt::sync::checker::explore;
use checks_shuttle::rt::sync::heap::{Heap, Kind};
use checks_shuttle::rt::sync::{hint, site};
use reports::failure::FailureKind;
use reports::plan::Plan;
use reports::scenario::Claims;

use Ordering::{Acquire, Relaxed, Release, SeqCst};

use crate::common::{dfs, fails, holds, run, scenario, spawn, threads};

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
        history[0]
            .told("T1")
            .starts_with("allocated by T1 at checks/tests/"),
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
