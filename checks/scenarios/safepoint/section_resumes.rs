//! Does a section that was suspended while its thread was outside hold its lock again afterwards?

use std::sync::Arc;

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::support::{self, Plain};
use crate::rt::protocols::critical_section;
use crate::rt::protocols::object_lock::ObjectLock;
use crate::rt::protocols::thread_state::ThreadState;

pub(super) const SCENARIO: Scenario = Scenario {
    name: "safepoint_section_resumes",
    pillar: Pillar::Safepoint,
    question: "Does a section that was suspended while its thread was outside hold its lock again afterwards?",
    always: "the lock excludes before and after the thread was outside",
    sometimes: &["another thread was let in meanwhile"],
    bound: Bound::Complete,
    body,
};

struct Shared {
    lock: ObjectLock,
    count: Plain,
}

fn body(claims: &Claims) {
    let runtime = support::runtime(2);
    let shared = Arc::new(Shared {
        lock: ObjectLock::new(),
        count: Plain::new(0),
    });
    let (ours, theirs, told) = (Arc::clone(&shared), Arc::clone(&shared), claims.clone());
    support::run(
        &runtime,
        [
            Box::new(move |ts| go_outside(ts, &ours, &told)),
            Box::new(move |ts| enter(ts, &theirs)),
        ],
    );
    support::finish(&runtime);
    let count = shared.count.get();
    claims.always(SCENARIO.always, count == 12, || count);
}

/// The inner section lies on the lock of the outer one, which is closed again when the inner one is left.
fn go_outside(ts: &ThreadState, shared: &Shared, claims: &Claims) {
    let inner = ObjectLock::new();
    ts.attach();
    critical_section::with(ts, &shared.lock, || {
        shared.count.add(1);
        let before = shared.count.get();
        critical_section::with(ts, &inner, || ts.detached(|| ()));
        claims.sometimes(SCENARIO.sometimes[0], shared.count.get() != before);
        shared.count.add(1);
    });
    ts.detach();
}

fn enter(ts: &ThreadState, shared: &Shared) {
    ts.attach();
    critical_section::with(ts, &shared.lock, || shared.count.add(10));
    ts.detach();
}
