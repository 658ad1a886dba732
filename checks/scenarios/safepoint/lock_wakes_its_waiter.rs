//! Does every thread that waits for a lock get it, though others take it first?

use std::sync::Arc;

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::support::{self, Plain};
use crate::rt::protocols::object_lock::{ObjectLock, Parking};

pub(super) const SCENARIO: Scenario = Scenario {
    name: "safepoint_lock_wakes_its_waiter",
    pillar: Pillar::Safepoint,
    question: "Does every thread that waits for a lock get it, though others take it first?",
    always: "all three increments under the lock are made",
    sometimes: &["a thread waited"],
    bound: Bound::Preemptions(2),
    body,
};

struct Shared {
    parking: Parking,
    lock: ObjectLock,
    count: Plain,
}

fn body(claims: &Claims) {
    let shared = Arc::new(Shared {
        parking: support::parking(),
        lock: ObjectLock::new(),
        count: Plain::new(0),
    });
    let (all, told) = (Arc::clone(&shared), claims.clone());
    support::workers(3, move |_| {
        let free = all.lock.try_lock();
        told.sometimes("a thread waited", !free);
        if !free {
            all.lock.lock_attached(&all.parking);
        }
        all.count.add(1);
        all.lock.unlock(&all.parking);
    });
    let count = shared.count.get();
    claims.always(
        "all three increments under the lock are made",
        count == 3,
        || count,
    );
}
