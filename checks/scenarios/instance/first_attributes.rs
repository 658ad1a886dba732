//! Whether an attribute is lost when two threads store the first ones of an object.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::object;
use crate::scenarios::containers::Stage;

const FIRST: &str = "the first thread's attribute came first";
const SECOND: &str = "the second thread's attribute came first";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "instance_first_attributes",
    pillar: Pillar::Instance,
    question: "Has an object both attributes that two threads store in it at once, before it has a dict?",
    always: "both attributes are there",
    sometimes: &[FIRST, SECOND],
    bound: Bound::Preemptions(2),
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let object = object::new(stage.thread(0));
    let stage = stage.run([
        Box::new(move |ts| object.set(ts, 1, 10)),
        Box::new(move |ts| object.set(ts, 2, 20)),
    ]);
    let ts = stage.thread(0);
    let found = [object.get(ts, 1), object.get(ts, 2)];
    let keys = object.keys(ts);
    claims.always(SCENARIO.always, found == [Some(10), Some(20)], || {
        format!("{found:?}")
    });
    claims.sometimes(FIRST, keys == [1, 2]);
    claims.sometimes(SECOND, keys == [2, 1]);
    let deleted = [object.delete(ts, 1), object.delete(ts, 1)];
    let left = object.keys(ts);
    let right = deleted == [true, false] && left == [2];
    claims.always("an attribute is deleted once, and alone", right, || {
        format!("{deleted:?}, {left:?}")
    });
    stage.finish(&[object.value()]);
}
