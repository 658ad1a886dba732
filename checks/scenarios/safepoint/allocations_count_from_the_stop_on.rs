//! Does what a thread makes after the stop of a collection count for the next one?

use std::alloc::Layout;
use std::sync::Arc;

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::support::{self, Plain};
use crate::rt::objects::gc;
use crate::rt::objects::no_code::NoCode;
use crate::rt::protocols::qsbr;
use crate::rt::protocols::thread_state::ThreadState;
use crate::rt::sync::heap::Kind;
use crate::scenarios::containers::Stage;

pub(super) const SCENARIO: Scenario = Scenario {
    name: "safepoint_allocations_count_from_the_stop_on",
    pillar: Pillar::Safepoint,
    question: "Does what a thread makes after the stop of a collection count for the next one?",
    always: "what was made after the stop is counted",
    sometimes: &["an object was made after the stop"],
    bound: Bound::Preemptions(2),
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::with(&NoCode, support::config(2, 1));
    let after = Arc::new(Plain::new(0));
    let noted = Arc::clone(&after);
    let stage = stage.run([
        Box::new(move |ts| make(ts, &noted)),
        Box::new(|ts| {
            let _ = gc::collect(ts);
        }),
    ]);
    let (young, after) = (stage.runtime().allocations.young(), after.get());
    claims.sometimes("an object was made after the stop", after == 1);
    claims.always(SCENARIO.always, after == 0 || young == 1, || young);
    stage.thread(0).attach();
    stage.finish(&[]);
}

/// Makes an object, and notes whether that is after the stop: the collector then frees what this thread had retired.
fn make(ts: &ThreadState, after: &Plain) {
    let block = ts
        .local()
        .alloc(Layout::new::<u64>(), Kind::Memory("block"));
    // SAFETY: no other thread has seen the block.
    unsafe { qsbr::retire(ts, block) };
    ts.detached(|| ());
    if !ts.retires() {
        after.add(1);
    }
    ts.count_made();
    ts.detach();
}
