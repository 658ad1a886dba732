//! Two threads drop the last two references to an object that nobody owns.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::stage::{Deaf, Stage};

pub(super) const SCENARIO: Scenario = Scenario {
    name: "refcount_merged_last_drop",
    pillar: Pillar::Refcount,
    question: "When two threads drop the last two references to a merged object, is it destroyed once, after both are \
               done with it?",
    always: "Exactly one of the two destroys the object, and no use of it comes later.",
    sometimes: &["T2 destroys", "T3 destroys"],
    bound: Bound::Complete,
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<Deaf>::new();
    let object = stage.role(1).create();
    let _ = object.count().merge(1);
    let threads = [2, 3].map(|number| {
        stage.spawn(number, move |role| {
            object.read();
            role.release(object)
        })
    });
    let [second, third] = threads.map(|thread| thread.join());
    claims.always("destroyed once", second != third, || {
        format!("by T2: {second}, by T3: {third}")
    });
    claims.sometimes("T2 destroys", second);
    claims.sometimes("T3 destroys", third);
}
