//! The owner asks whether it may change an object in place to which lock-free readers have a pointer.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::stage::{Deaf, Stage};

pub(super) const SCENARIO: Scenario = Scenario {
    name: "refcount_unique_excludes_readers",
    pillar: Pillar::Refcount,
    question: "Can an object be uniquely referenced while a lock-free reader may take a reference to it?",
    always: "What the owner changes in place nobody uses at the same time.",
    sometimes: &["the reader takes it", "the owner keeps off"],
    bound: Bound::Complete,
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<Deaf>::new();
    let object = stage.role(1).create();
    object.count().set_maybe_weakref();
    let changing = stage.spawn(1, move |role| {
        let unique = object.count().is_uniquely_referenced(role.me);
        if unique {
            object.write(7);
        }
        unique
    });
    let reading = stage.spawn(2, move |role| {
        let taken = object.count().try_incref(role.me).is_taken();
        if taken {
            object.read();
            role.release(object);
        }
        taken
    });
    let (unique, taken) = (changing.join(), reading.join());
    claims.always(
        "one or the other",
        !(unique && taken),
        || "changed while it was read",
    );
    claims.sometimes("the reader takes it", taken);
    claims.sometimes("the owner keeps off", !unique);
    claims.always(
        "destroyed",
        stage.role(1).release(object),
        || "a reference is left",
    );
}
