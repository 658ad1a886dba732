//! Two threads drop references that the owner counted, while the owner exits.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use crate::rt::protocols::merge_queue::Enqueued;
use crate::rt::protocols::refcount::Decref;

use super::stage::{Deaf, Stage};

pub(super) const SCENARIO: Scenario = Scenario {
    name: "refcount_queue_entered_once",
    pillar: Pillar::Refcount,
    question: "When two threads drop references that the owner counted, does the object enter the queue once and die \
               once, even if the owner is exiting?",
    always: "One of the two drops asks for the queue, and one thread destroys the object.",
    sometimes: &["the owner destroys", "a dropper destroys"],
    bound: Bound::Preemptions(2),
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::new();
    let owner = stage.role(1);
    owner.register(Deaf);
    let object = owner.create();
    object.count().incref(owner.me);
    object.count().set_maybe_weakref();
    let owning = stage.spawn(1, |role| {
        let mut destroyed = 0;
        role.leave(|object| {
            role.destroy(object);
            destroyed += 1;
        });
        destroyed
    });
    let droppers = [2, 3].map(|number| {
        stage.spawn(number, move |role| {
            object.read();
            let outcome = object.count().decref(role.me);
            let dead = match outcome {
                Decref::Queue => role.enqueue(object) == Enqueued::Dead,
                Decref::Dead => true,
                Decref::Alive => false,
            };
            if dead {
                role.destroy(object);
            }
            (outcome == Decref::Queue, i32::from(dead))
        })
    });
    let by_owner: i32 = owning.join();
    let [second, third] = droppers.map(|thread| thread.join());
    claims.always("queued once", second.0 != third.0, || {
        format!("by T2: {}, by T3: {}", second.0, third.0)
    });
    let by_dropper = second.1 + third.1;
    claims.always("destroyed once", by_owner + by_dropper == 1, || {
        format!("{by_owner} times by the owner, {by_dropper} times by droppers")
    });
    claims.sometimes("the owner destroys", by_owner == 1);
    claims.sometimes("a dropper destroys", by_dropper == 1);
}
