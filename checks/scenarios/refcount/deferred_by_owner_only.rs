//! A thread defers the count of an object that another thread owns and counts.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use crate::rt::protocols::deferred::Deferred;
use crate::rt::sync::park::ParkingLot;

use super::stage::{Deaf, Stage};

pub(super) const SCENARIO: Scenario = Scenario {
    name: "refcount_deferred_by_owner_only",
    pillar: Pillar::Refcount,
    question: "Is a count deferred only when its owner is not about to change it?",
    always: "every reference is counted once, and the object stays deferred",
    sometimes: &["deferred", "refused, because another thread owns it"],
    bound: Bound::Complete,
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<Deaf>::new();
    let object = stage.role(1).create();
    // T1 has a reference, and T2 has one.
    object.count().incref(stage.role(2).me);
    let owning = stage.spawn(1, move |role| {
        object.read();
        role.release(object)
    });
    let deferring = stage.spawn(2, move |role| {
        let (deferred, lot) = (Deferred::new(), ParkingLot::new());
        // SAFETY: the thread has a reference, and the block is freed after the end of the deferral.
        let done = unsafe { deferred.defer(&lot, role.me, object.counted()) };
        (done, deferred, lot)
    });
    let destroyed = owning.join();
    let (done, deferred, lot) = deferring.join();
    claims.sometimes("deferred", done);
    claims.sometimes("refused, because another thread owns it", !done);
    let stays = object.count().snapshot().is_deferred == done;
    if stays {
        deferred.end(&lot, object.count());
    }
    let now = object.count().snapshot();
    let right = stays && !destroyed && now.total() == 1;
    claims.always(SCENARIO.always, right, || {
        format!("deferred: {done}, destroyed: {destroyed}, {now:?}")
    });
    stage.role(2).release(object);
}
