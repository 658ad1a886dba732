//! Do safepoints free what was retired, and never what a reader still holds?

use std::ptr;
use std::sync::Arc;

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::support::{self, Block, Plain};
use crate::rt::protocols::qsbr;
use crate::rt::protocols::runtime::safepoint;
use crate::rt::protocols::thread_state::ThreadState;
use crate::rt::sync::atomic::AtomicPtr;
use crate::rt::sync::atomic::Ordering::{Acquire, Release};

pub(super) const SCENARIO: Scenario = Scenario {
    name: "safepoint_drives_qsbr",
    pillar: Pillar::Safepoint,
    question: "Do safepoints free what was retired, and never what a reader still holds?",
    always: "a reader touches no freed block between two safepoints",
    sometimes: &[
        "a safepoint freed the block",
        "the reader kept the block alive over a safepoint",
    ],
    bound: Bound::Complete,
    body,
};

type Published = AtomicPtr<Plain>;

fn body(claims: &Claims) {
    let runtime = support::runtime(2);
    let block = Block::new(runtime.heap.local(), "block", Plain::new(7));
    let published = Arc::new(AtomicPtr::new("published", block.pointer()));
    let (ours, theirs, told) = (Arc::clone(&published), published, claims.clone());
    support::run(
        &runtime,
        [
            Box::new(move |ts| retire(ts, &ours, &told)),
            Box::new(move |ts| read(ts, &theirs)),
        ],
    );
    support::finish(&runtime);
}

fn retire(ts: &ThreadState, published: &Published, claims: &Claims) {
    ts.attach();
    // ORDERING: Release; the writer's store is ordered for readers by QSBR itself.
    let block = Block::at(published.swap(ptr::null_mut(), Release)).expect("there is one writer");
    // SAFETY: the block was unpublished, by its only writer.
    unsafe { qsbr::retire(ts, block.raw()) };
    safepoint(ts, |_| ());
    let waits = ts.retires();
    claims.sometimes("a safepoint freed the block", !waits);
    claims.sometimes("the reader kept the block alive over a safepoint", waits);
    ts.exit(&mut |_| (), &mut || ());
}

fn read(ts: &ThreadState, published: &Published) {
    ts.attach();
    for _ in 0..2 {
        // ORDERING: Acquire, with the block's publication.
        if let Some(block) = Block::at(published.load(Acquire)) {
            let _ = block.get();
        }
        safepoint(ts, |_| ());
    }
    ts.detach();
}
