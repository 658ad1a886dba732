//! The owner has two references, one of which it has lent to another thread.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::stage::{DEAD, Deaf, LIVE, Stage};

pub(super) const SCENARIO: Scenario = Scenario {
    name: "refcount_unique_counts_own",
    pillar: Pillar::Refcount,
    question: "When the owner itself has a second reference, which another thread reads by, is the object its to change?",
    always: "The object is not changed while another reference to it exists.",
    sometimes: &["the owner asks while the other thread reads"],
    bound: Bound::Complete,
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<Deaf>::new();
    let owner = stage.role(1);
    let object = owner.create();
    // T2 borrows this one: the owner keeps it until T2 has ended.
    object.count().incref(owner.me);
    let asking = stage.spawn(1, move |role| {
        let unique = object.count().is_uniquely_referenced(role.me);
        if unique {
            object.write(DEAD);
        }
        unique
    });
    let reading = stage.spawn(2, move |_| object.read());
    let (unique, read) = (asking.join(), reading.join());
    claims.always("not unique", !unique && read == LIVE, || {
        format!("unique: {unique}, read: {read}")
    });
    claims.sometimes(SCENARIO.sometimes[0], read == LIVE);
    let first = owner.release(object);
    claims.always("the first drop leaves it alive", !first, || "dead");
    claims.always("the second destroys it", owner.release(object), || "alive");
}
