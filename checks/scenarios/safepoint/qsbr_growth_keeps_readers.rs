//! Does a thread that lets the array of slots grow still count as a reader afterwards?

use std::ptr;
use std::sync::Arc;

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::support::{self, Block, Plain};
use crate::rt::protocols::qsbr;
use crate::rt::protocols::thread_state::ThreadState;
use crate::rt::sync::atomic::Ordering::{AcqRel, Acquire, Relaxed};
use crate::rt::sync::atomic::{AtomicPtr, AtomicU8};
use crate::rt::sync::hint;

pub(super) const SCENARIO: Scenario = Scenario {
    name: "safepoint_qsbr_growth_keeps_readers",
    pillar: Pillar::Safepoint,
    question: "Does a thread that reads a block and lets the array of slots grow still count as a reader?",
    always: "the block is there until the reader has moved on",
    sometimes: &["the block was retired before the reader had moved on"],
    bound: Bound::Preemptions(2),
    body,
};

struct Shared {
    published: AtomicPtr<Plain>,
    grown: AtomicU8,
    retired: AtomicU8,
}

/// There is room for two, and the reader creates a third thread.
fn body(claims: &Claims) {
    let runtime = support::runtime(2);
    let block = Block::new(runtime.heap.local(), "block", Plain::new(7));
    let shared = Arc::new(Shared {
        published: AtomicPtr::new("published", block.pointer()),
        grown: AtomicU8::new("grown", 0),
        retired: AtomicU8::new("retired", 0),
    });
    let (ours, theirs, told) = (Arc::clone(&shared), Arc::clone(&shared), claims.clone());
    support::run(
        &runtime,
        [
            Box::new(move |ts| read_and_create(ts, &ours, &told)),
            Box::new(move |ts| retire(ts, &theirs)),
        ],
    );
    support::finish(&runtime);
}

fn read_and_create(ts: &ThreadState, shared: &Shared, claims: &Claims) {
    ts.attach();
    let block = Block::at(shared.published.load(Acquire)).expect("nobody retires it before");
    let runtime = ts.runtime();
    // SAFETY: the state is deleted below, and the scenario keeps the runtime.
    let newborn = unsafe { runtime.create_thread(Some(ts)) };
    shared.grown.store(1, Relaxed);
    let retired = shared.retired.load(Relaxed) == 1;
    let _ = block.get();
    claims.sometimes(SCENARIO.sometimes[0], retired);
    ts.detach();
    runtime.delete_thread(newborn);
}

/// Comes when the array has grown: that the growth itself is safe is another question.
fn retire(ts: &ThreadState, shared: &Shared) {
    while shared.grown.load(Relaxed) == 0 {
        hint::spin();
    }
    ts.attach();
    if let Some(block) = Block::at(shared.published.swap(ptr::null_mut(), AcqRel)) {
        // SAFETY: a reader that comes now does not find the block, and nobody else retires it.
        unsafe { qsbr::retire(ts, block.raw()) };
    }
    ts.runtime().qsbr.quiescent(ts.participant());
    qsbr::process(ts);
    shared.retired.store(1, Relaxed);
    ts.exit(&mut |_| ());
}
