//! Does a block that an exiting thread left wait for a reader that holds it?

use std::ptr;
use std::sync::Arc;

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::support::{self, Block, Plain};
use crate::rt::protocols::qsbr;
use crate::rt::protocols::thread_state::ThreadState;
use crate::rt::sync::atomic::AtomicPtr;
use crate::rt::sync::atomic::Ordering::{AcqRel, Acquire};

pub(super) const SCENARIO: Scenario = Scenario {
    name: "safepoint_qsbr_orphans_wait",
    pillar: Pillar::Safepoint,
    question: "Does a block that an exiting thread left wait for the reader that holds it?",
    always: "whoever frees what was left asks whether its goal is reached",
    sometimes: &[
        "the reader held the block when it looked for what was left",
        "the block was gone",
    ],
    bound: Bound::Preemptions(2),
    body,
};

fn body(claims: &Claims) {
    let runtime = support::runtime(2);
    let block = Block::new(runtime.heap.local(), "block", Plain::new(7));
    let published = Arc::new(AtomicPtr::new("published", block.pointer()));
    let (place, told) = (Arc::clone(&published), claims.clone());
    support::run(
        &runtime,
        [
            Box::new(move |ts| retire_and_exit(ts, &published)),
            Box::new(move |ts| read(ts, &place, &told)),
        ],
    );
    support::finish(&runtime);
}

fn retire_and_exit(ts: &ThreadState, published: &AtomicPtr<Plain>) {
    ts.attach();
    if let Some(block) = Block::at(published.swap(ptr::null_mut(), AcqRel)) {
        // SAFETY: a reader that comes now does not find the block, and nobody else retires it.
        unsafe { qsbr::retire(ts, block.raw()) };
    }
    ts.exit(&mut |_| (), &mut || ());
}

/// Holds the block, looks after what others have left, and reads the block then.
fn read(ts: &ThreadState, published: &AtomicPtr<Plain>, claims: &Claims) {
    ts.attach();
    let block = Block::at(published.load(Acquire));
    let waited = !ts.runtime().qsbr.orphans.is_empty();
    qsbr::process(ts);
    let _ = block.map(|block| block.get());
    claims.sometimes(SCENARIO.sometimes[0], block.is_some() && waited);
    claims.sometimes(SCENARIO.sometimes[1], block.is_none());
    ts.detach();
}
