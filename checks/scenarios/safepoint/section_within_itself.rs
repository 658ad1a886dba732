//! Does a section inside another one of the same lock leave the outer one closed?

use std::sync::Arc;

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::support::{self, Plain};
use crate::rt::protocols::critical_section;
use crate::rt::protocols::object_lock::ObjectLock;
use crate::rt::protocols::thread_state::ThreadState;

pub(super) const SCENARIO: Scenario = Scenario {
    name: "safepoint_section_within_itself",
    pillar: Pillar::Safepoint,
    question: "Does a section inside another one of the same lock leave the outer one closed?",
    always: "what the outer section read still holds after the inner one",
    sometimes: &["another thread waited for the lock"],
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
            Box::new(move |ts| nest(ts, &ours, &told)),
            Box::new(move |ts| enter(ts, &theirs)),
        ],
    );
    support::finish(&runtime);
}

fn nest(ts: &ThreadState, shared: &Shared, claims: &Claims) {
    ts.attach();
    critical_section::with(ts, &shared.lock, || {
        let before = shared.count.get();
        critical_section::with(ts, &shared.lock, || ());
        claims.sometimes(SCENARIO.sometimes[0], shared.lock.is_waited_for());
        let after = shared.count.get();
        claims.always(SCENARIO.always, before == after, || {
            format!("{before}, then {after}")
        });
    });
    ts.detach();
}

fn enter(ts: &ThreadState, shared: &Shared) {
    ts.attach();
    critical_section::with(ts, &shared.lock, || shared.count.add(1));
    ts.detach();
}
