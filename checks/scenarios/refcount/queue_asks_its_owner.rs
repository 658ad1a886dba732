//! A thread hands an object to a running owner, which drains its queue only when it is asked to.

use std::sync::Arc;

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::stage::{Breaker, Slot, Stage};

pub(super) const SCENARIO: Scenario = Scenario {
    name: "refcount_queue_asks_its_owner",
    pillar: Pillar::Refcount,
    question: "Does an owner that keeps running learn of an object in its queue?",
    always: "A safepoint after the hand-over merges the object.",
    sometimes: &["a safepoint after the hand-over", "a safepoint before it"],
    bound: Bound::Complete,
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::new();
    let breaker = Breaker::new();
    let owner = stage.role(1);
    owner.register(breaker.clone());
    let object = owner.create();
    let handed = Arc::new(Slot::new("handed", None));
    let running = stage.spawn(1, {
        let (handed, claims) = (Arc::clone(&handed), claims.clone());
        move |role| {
            let after = handed.load().is_some();
            let mut merged = false;
            if breaker.is_raised() {
                role.drain(|object| {
                    role.destroy(object);
                    merged = true;
                });
            }
            claims.always(
                "merged at the safepoint",
                merged || !after,
                || "not asked to",
            );
            role.leave(|object| role.destroy(object));
            after
        }
    });
    let dropping = stage.spawn(2, {
        let handed = Arc::clone(&handed);
        move |role| {
            let died = role.release(object);
            handed.replace(Some(object));
            died
        }
    });
    let after = running.join();
    dropping.join();
    claims.sometimes("a safepoint after the hand-over", after);
    claims.sometimes("a safepoint before it", !after);
}
