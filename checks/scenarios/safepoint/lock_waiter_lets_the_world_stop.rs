//! Can the holder of a lock stop the world while another thread waits for that lock?

use std::sync::Arc;

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::support::{self, Plain};
use crate::rt::protocols::object_lock::ObjectLock;
use crate::rt::protocols::thread_state::ThreadState;

pub(super) const SCENARIO: Scenario = Scenario {
    name: "safepoint_lock_waiter_lets_the_world_stop",
    pillar: Pillar::Safepoint,
    question: "Can the holder of a lock stop the world while another thread waits for that lock?",
    always: "both threads get the lock and come to their end",
    sometimes: &["the second thread found the lock taken"],
    bound: Bound::Preemptions(3),
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
    let (holder, waiter, told) = (Arc::clone(&shared), Arc::clone(&shared), claims.clone());
    support::run(
        &runtime,
        [
            Box::new(move |ts| hold(ts, &holder)),
            Box::new(move |ts| wait(ts, &waiter, &told)),
        ],
    );
    support::finish(&runtime);
    let count = shared.count.get();
    claims.always(
        "both threads get the lock and come to their end",
        count == 2,
        || count,
    );
}

fn hold(ts: &ThreadState, shared: &Shared) {
    ts.attach();
    shared.lock.lock(ts);
    ts.runtime().world().stop(Some(ts));
    shared.count.add(1);
    ts.runtime().world().restart(Some(ts));
    shared.lock.unlock(&ts.runtime().parking);
    ts.detach();
}

fn wait(ts: &ThreadState, shared: &Shared, claims: &Claims) {
    ts.attach();
    let free = shared.lock.try_lock();
    claims.sometimes("the second thread found the lock taken", !free);
    if !free {
        shared.lock.lock(ts);
    }
    shared.count.add(1);
    shared.lock.unlock(&ts.runtime().parking);
    ts.detach();
}
