//! A thread takes another reference and drops both of its own while another thread drops one.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::stage::{Deaf, Stage};

pub(super) const SCENARIO: Scenario = Scenario {
    name: "refcount_increments_add_up",
    pillar: Pillar::Refcount,
    question: "Is no increment and no decrement of the shared count lost?",
    always: "Exactly one thread destroys the object, and no use of it comes later.",
    sometimes: &["T2 destroys", "T3 destroys"],
    bound: Bound::Complete,
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<Deaf>::new();
    let object = stage.role(1).create();
    // Nobody's, with one reference each for T2 and T3.
    let _ = object.count().merge(1);
    let copying = stage.spawn(2, move |role| {
        object.count().incref(role.me);
        let first = role.release(object);
        first || {
            object.read();
            role.release(object)
        }
    });
    let dropping = stage.spawn(3, move |role| role.release(object));
    let (second, third) = (copying.join(), dropping.join());
    claims.always("destroyed once", second != third, || {
        format!("by T2: {second}, by T3: {third}")
    });
    claims.sometimes("T2 destroys", second);
    claims.sometimes("T3 destroys", third);
}
