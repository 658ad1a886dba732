//! A reader finds an object in a place while its owner removes it and reuses the block for another object.

use std::sync::Arc;

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use crate::rt::protocols::refcount::TryRead;

use super::stage::{Deaf, Slot, Stage};

pub(super) const SCENARIO: Scenario = Scenario {
    name: "refcount_try_read_rechecks_place",
    pillar: Pillar::Refcount,
    question: "Can a reader of one place come back with the object that now lives in the block of the old one?",
    always: "What a reader takes from a place is the object that the place held.",
    sometimes: &["refused", "moved"],
    bound: Bound::Complete,
    body,
};

/// The payloads tell the objects apart.
const OLD: u32 = 10;
const NEW: u32 = 20;

fn body(claims: &Claims) {
    let stage = Stage::<Deaf>::new();
    let object = stage.role(1).create();
    object.write(OLD);
    let place = Arc::new(Slot::new("place", Some(object)));
    let recycling = stage.spawn(1, {
        let place = Arc::clone(&place);
        move |role| {
            place.replace(None);
            let reusable = role.dies(object);
            if reusable {
                object.write(NEW);
                object.count().renew(role.me);
                // The new object is published in another place.
                object.count().set_maybe_weakref();
            }
            reusable
        }
    });
    let reading = stage.spawn(2, {
        let (place, claims) = (Arc::clone(&place), claims.clone());
        move |role| {
            // The reader has just found the old object's pointer in the place.
            let outcome = object.count().try_read(role.me, || place.load().is_some());
            if outcome == TryRead::Taken {
                let payload = object.read();
                claims.always("the place's object", payload == OLD, || payload);
            }
            outcome
        }
    });
    let reused = recycling.join();
    let outcome = reading.join();
    claims.always("the block was reused", reused, || "the old object is alive");
    let now = object.count().snapshot();
    claims.always(
        "the new object keeps its one reference",
        now.total() == 1,
        || format!("{now:?}"),
    );
    claims.sometimes("refused", outcome == TryRead::Refused);
    claims.sometimes("moved", matches!(outcome, TryRead::Moved(_)));
    stage.role(3).free(object);
}
