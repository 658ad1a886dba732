//! Is what an exiting thread could not free yet freed by the threads that remain?

use std::alloc::Layout;

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::support;
use crate::rt::protocols::qsbr;
use crate::rt::protocols::thread_state::ThreadState;
use crate::rt::sync::heap::Kind;

pub(super) const SCENARIO: Scenario = Scenario {
    name: "safepoint_qsbr_adopts_orphans",
    pillar: Pillar::Safepoint,
    question: "Is what an exiting thread could not free yet freed by the threads that remain?",
    always: "no retired block waits once everybody has moved on and somebody has processed",
    sometimes: &[
        "the exiting thread left a block to others",
        "the exiting thread freed its block itself",
    ],
    bound: Bound::Preemptions(3),
    body,
};

fn body(claims: &Claims) {
    let runtime = support::runtime(3);
    let told = claims.clone();
    support::run(
        &runtime,
        [
            Box::new(move |ts| retire_and_exit(ts, &told)),
            Box::new(remain),
        ],
    );
    // The last thread comes when all others have moved on.
    support::run(&runtime, [Box::new(remain)]);
    let orphans = runtime.qsbr.orphans.len();
    claims.always(SCENARIO.always, orphans == 0, || {
        format!("{orphans} batches wait")
    });
    support::finish(&runtime);
}

fn retire_and_exit(ts: &ThreadState, claims: &Claims) {
    ts.attach();
    let block = ts
        .local()
        .alloc(Layout::new::<u64>(), Kind::Memory("block"));
    // SAFETY: no other thread has seen the block.
    unsafe { qsbr::retire(ts, block) };
    ts.exit(&mut |_| (), &mut || ());
    let left = !ts.runtime().qsbr.orphans.is_empty();
    claims.sometimes("the exiting thread left a block to others", left);
    claims.sometimes("the exiting thread freed its block itself", !left);
}

fn remain(ts: &ThreadState) {
    ts.attach();
    ts.runtime().qsbr.quiescent(ts.participant());
    qsbr::process(ts);
    ts.detach();
}
