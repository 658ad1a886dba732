//! Does a thread that ends the interpreter keep the others outside, also while its end stops the world again?

use std::sync::Arc;

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::support::{self, Plain};
use crate::rt::protocols::thread_state::ThreadState;
use crate::rt::sync::atomic::AtomicU8;
use crate::rt::sync::atomic::Ordering::Relaxed;

pub(super) const SCENARIO: Scenario = Scenario {
    name: "safepoint_end_keeps_others_outside",
    pillar: Pillar::Safepoint,
    question: "Does a thread that ends the interpreter keep the others outside, also while its end stops the world again?",
    always: "nobody comes in between",
    sometimes: &["a thread wanted in meanwhile"],
    bound: Bound::Preemptions(3),
    body,
};

struct Shared {
    count: Plain,
    wanted: AtomicU8,
}

/// A model waits for its threads, so the end is taken back once it has been looked at.
fn body(claims: &Claims) {
    let runtime = support::runtime(2);
    let shared = Arc::new(Shared {
        count: Plain::new(0),
        wanted: AtomicU8::new("wanted in", 0),
    });
    let (ours, theirs, told) = (Arc::clone(&shared), Arc::clone(&shared), claims.clone());
    support::run(
        &runtime,
        [
            Box::new(move |ts| end(ts, &ours, &told)),
            Box::new(move |ts| come_in(ts, &theirs)),
        ],
    );
    support::finish(&runtime);
    let count = shared.count.get();
    claims.always("both have counted in the end", count == 12, || count);
}

fn end(ts: &ThreadState, shared: &Shared, claims: &Claims) {
    ts.attach();
    let world = ts.runtime().world();
    world.stop_for_good(ts);
    let before = shared.count.get();
    // What is left of the program is finalized, which may collect.
    world.stop(Some(ts));
    shared.count.add(2);
    world.restart(Some(ts));
    claims.sometimes(
        SCENARIO.sometimes[0],
        shared.wanted.load(Relaxed) == 1 && before == 0,
    );
    let after = shared.count.get();
    claims.always(SCENARIO.always, after == before + 2, || after);
    world.restart(Some(ts));
    ts.detach();
}

/// A daemon thread that comes back from outside.
fn come_in(ts: &ThreadState, shared: &Shared) {
    shared.wanted.store(1, Relaxed);
    ts.attach();
    shared.count.add(10);
    ts.detach();
}
