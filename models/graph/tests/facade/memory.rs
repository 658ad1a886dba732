//! Races, and use of memory that is not there, whichever access the checker adds first.

use std::alloc::Layout;
use std::ptr::NonNull;
use std::sync::Arc;

use reports::failure::FailureKind;
use reports::plan::Plan;
use reports::scenario::Claims;
use runtime_graph::sync::atomic::{
    AtomicPtr, AtomicU64,
    Ordering::{self, Acquire, Relaxed, Release},
};
use runtime_graph::sync::cell::Cell;
use runtime_graph::sync::checker::explore;
use runtime_graph::sync::heap::{Heap, Kind};
use runtime_graph::sync::{hint, site};

use crate::common::{both, fails, holds, plan, run, scenario};

/// Passes a message through a flag; `writer_first` says which of the threads is started first.
fn message(publish: Ordering, writer_first: bool) {
    let shared = Arc::new((Cell::new("message", 0), AtomicU64::new("flag", 0)));
    let other = Arc::clone(&shared);
    let write = move || {
        // SAFETY: nobody reads before the flag is up.
        shared.0.with_mut(|message| unsafe { *message = 42 });
        shared.1.store(1, publish);
    };
    let read = move || {
        if other.1.load(Acquire) == 1 {
            // SAFETY: the flag is up.
            other.0.with(|message| unsafe { *message });
        }
    };
    if writer_first {
        both(write, read);
    } else {
        both(read, write);
    }
}

#[test]
fn an_unpublished_message_is_a_race() {
    let failure = fails(|_| message(Relaxed, true), FailureKind::DataRace);
    assert!(failure.detail.contains("`message` is read"), "{failure:#?}");
    assert!(failure.detail.contains("the write by left"), "{failure:#?}");
    fails(|_| message(Relaxed, false), FailureKind::DataRace);
}

#[test]
fn a_weakened_site_is_a_race() {
    let body = |_: &Claims| message(site("test.publish", Release), true);
    let weakened = Plan {
        weaken: Some("test.publish"),
        ..plan()
    };
    holds(body);
    let failure = explore(&weakened, &scenario(body)).failure.expect("a race");
    assert_eq!(failure.kind, FailureKind::DataRace);
    assert_eq!(failure.replay.weaken.as_deref(), Some("test.publish"));
}

#[test]
fn an_access_lasts_as_long_as_its_call() {
    fails(
        |_| {
            let shared = Arc::new((Cell::new("message", 0), AtomicU64::new("flag", 0)));
            let other = Arc::clone(&shared);
            let early = move || {
                shared.0.with_mut(|message| {
                    shared.1.store(1, Release);
                    // SAFETY: as the test wants it; the model catches what goes wrong.
                    unsafe { *message = 42 };
                });
            };
            both(early, move || {
                if other.1.load(Acquire) == 1 {
                    // SAFETY: as above.
                    other.0.with(|message| unsafe { *message });
                }
            });
        },
        FailureKind::DataRace,
    );
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
fn a_node_that_is_published_and_freed_at_the_end_is_fine() {
    holds(|_| node(Release, 0));
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

/// A reader that is done before the free, in every order that the checker knows, and that nothing orders before it.
fn touch_then_free() {
    let heap = Arc::new(Heap::new());
    let block = heap
        .local()
        .alloc(Layout::new::<AtomicU64>(), Kind::Memory("node"));
    let node = block.cast::<AtomicU64>();
    // SAFETY: the block has the layout of its content, and nobody else has it yet.
    unsafe { node.write(AtomicU64::new("value", 7)) };
    let slot = Arc::new((
        AtomicPtr::new("slot", node.as_ptr()),
        AtomicU64::new("touched", 0),
    ));
    let other = Arc::clone(&slot);
    both(
        move || {
            let node = NonNull::new(slot.0.load(Acquire)).expect("it was there from the start");
            // SAFETY: as the test wants it; the model catches what goes wrong.
            unsafe { node.as_ref() }.load(Relaxed);
            slot.1.store(1, Relaxed);
        },
        move || {
            while other.1.load(Acquire) == 0 {
                hint::spin();
            }
            let node = NonNull::new(other.0.load(Relaxed)).expect("as above");
            // SAFETY: as the test wants it; the model catches what goes wrong.
            unsafe { heap.local().free(node.cast()) };
        },
    );
}

#[test]
fn a_free_that_always_comes_later_must_still_be_ordered() {
    let failure = fails(|_| touch_then_free(), FailureKind::UseAfterFree);
    assert!(failure.detail.contains("is freed at"), "{failure:#?}");
}

#[test]
fn a_block_that_was_not_published_may_not_be_touched() {
    let failure = fails(|_| node(Relaxed, 0), FailureKind::DataRace);
    assert!(failure.claim.contains("published"), "{failure:#?}");
}

#[test]
fn a_second_free_is_a_double_free() {
    let failure = fails(|_| node(Release, 2), FailureKind::DoubleFree);
    assert!(failure.detail.contains("`node#1`"), "{failure:#?}");
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

/// One thread walks the heap while the other allocates and frees.
fn walk(kind: Kind) {
    let heap = Arc::new(Heap::new());
    let other = Arc::clone(&heap);
    both(
        move || {
            let local = heap.local();
            let block = local.alloc(Layout::new::<u64>(), kind);
            // SAFETY: it is this thread's own.
            unsafe { local.free(block) };
        },
        // SAFETY: as the test wants it; the model catches what goes wrong.
        move || unsafe { other.visit(|_| ()) },
    );
}

#[test]
fn a_walk_of_the_heap_must_be_ordered_with_the_objects_and_only_with_them() {
    fails(|_| walk(Kind::Object("list")), FailureKind::DataRace);
    holds(|_| walk(Kind::Memory("items")));
}

#[test]
fn relaxed_accesses_are_seen_in_more_orders_than_they_run() {
    let exploration = run(|claims| {
        let words = Arc::new([AtomicU64::new("x", 0), AtomicU64::new("y", 0)]);
        let other = Arc::clone(&words);
        let claims = claims.clone();
        both(
            move || {
                words[0].store(1, Relaxed);
                words[1].store(1, Relaxed);
            },
            move || {
                let (y, x) = (other[1].load(Relaxed), other[0].load(Relaxed));
                claims.outcome(format_args!("y={y} x={x}"));
            },
        );
    });
    assert_eq!(exploration.executions, 4);
    assert!(exploration.outcomes.contains("y=1 x=0"));
}
