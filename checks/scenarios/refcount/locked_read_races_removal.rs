//! A thread takes a reference under a container's lock while the owner removes the object and drops it.

use std::sync::Arc;

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use crate::rt::protocols::mutex::Mutex;

use super::stage::{Deaf, Stage};

pub(super) const SCENARIO: Scenario = Scenario {
    name: "refcount_locked_read_races_removal",
    pillar: Pillar::Refcount,
    question: "Does an owner that removes its object from a container see the references that were taken there?",
    always: "Exactly one thread destroys the object, and no use of it comes later.",
    sometimes: &[
        "the owner destroys",
        "the reader destroys",
        "the reader finds nothing",
    ],
    bound: Bound::Complete,
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<Deaf>::new();
    let object = stage.role(1).create();
    let container = Arc::new(Mutex::new("container", Some(object)));
    let removing = stage.spawn(1, {
        let container = Arc::clone(&container);
        move |role| {
            let removed = container.with(&role.stage.lot, Option::take);
            removed.is_some_and(|object| role.release(object))
        }
    });
    let reading = stage.spawn(2, move |role| {
        let object = container.with(&role.stage.lot, |held| {
            held.inspect(|object| object.count().new_ref_with_lock(role.me))
        })?;
        object.read();
        Some(role.release(object))
    });
    let (by_owner, read) = (removing.join(), reading.join());
    let by_reader = read == Some(true);
    claims.always("destroyed once", by_owner != by_reader, || {
        format!("by owner: {by_owner}, by reader: {by_reader}")
    });
    claims.sometimes("the owner destroys", by_owner);
    claims.sometimes("the reader destroys", by_reader);
    claims.sometimes("the reader finds nothing", read.is_none());
}
