//! Is one thread at a time between `lock` and `unlock`?

use std::sync::Arc;

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::support::{self, Plain};
use crate::rt::protocols::object_lock::{ObjectLock, Parking};

pub(super) const SCENARIO: Scenario = Scenario {
    name: "safepoint_lock_excludes",
    pillar: Pillar::Safepoint,
    question: "Is one thread at a time between lock and unlock?",
    always: "no increment under the lock is lost",
    sometimes: &["the lock was taken when the thread came"],
    bound: Bound::Complete,
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
    support::workers(2, move |_| {
        let free = all.lock.try_lock();
        told.sometimes("the lock was taken when the thread came", !free);
        if !free {
            all.lock.lock_attached(&all.parking);
        }
        all.count.add(1);
        all.lock.unlock(&all.parking);
    });
    let count = shared.count.get();
    claims.always("no increment under the lock is lost", count == 2, || count);
}
