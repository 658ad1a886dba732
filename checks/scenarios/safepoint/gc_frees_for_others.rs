//! Does a collection free what stopped threads have retired, while they are stopped?

use std::alloc::Layout;

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use crate::rt::objects::gc;
use crate::rt::protocols::qsbr;
use crate::rt::protocols::thread_state::ThreadState;
use crate::rt::sync::heap::Kind;
use crate::scenarios::containers::Stage;

pub(super) const SCENARIO: Scenario = Scenario {
    name: "safepoint_gc_frees_for_others",
    pillar: Pillar::Safepoint,
    question: "Does a collection free what stopped threads have retired, while they are stopped?",
    always: "the list of a thread is touched by others only while that thread is stopped",
    sometimes: &[
        "the collector freed the block",
        "the thread freed its block itself",
    ],
    bound: Bound::Preemptions(2),
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let told = claims.clone();
    let stage = stage.run([
        Box::new(move |ts| retire(ts, &told)),
        Box::new(|ts| {
            let _ = gc::collect(ts);
        }),
    ]);
    stage.thread(0).attach();
    stage.finish(&[]);
}

fn retire(ts: &ThreadState, claims: &Claims) {
    let block = ts
        .local()
        .alloc(Layout::new::<u64>(), Kind::Memory("block"));
    // SAFETY: no other thread has seen the block.
    unsafe { qsbr::retire(ts, block) };
    ts.detached(|| ());
    let freed = !ts.retires();
    claims.sometimes("the collector freed the block", freed);
    claims.sometimes("the thread freed its block itself", !freed);
    qsbr::process(ts);
    ts.detach();
}
