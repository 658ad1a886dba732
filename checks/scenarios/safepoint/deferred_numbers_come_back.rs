//! Does each object with a deferred count have a number of its own, which another one gets after its end?

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use crate::rt::objects::list;
use crate::rt::objects::{Value, gc, new_ref};
use crate::rt::protocols::thread_state::ThreadState;
use crate::scenarios::class::header;
use crate::scenarios::containers::{Stage, drop_ref};

const COUNTED: &str = "another thread counted one of two objects for itself";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "safepoint_deferred_numbers_come_back",
    pillar: Pillar::Safepoint,
    question: "Does each object with a deferred count have a number of its own, which another one gets after its end?",
    always: "what is counted for one object is not counted for another",
    sometimes: &[COUNTED],
    bound: Bound::Preemptions(2),
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let owner = stage.thread(0);
    let [first, second] = [deferred(owner, claims), deferred(owner, claims)];
    let numbers = [number(first), number(second)];
    claims.always("the numbers differ", numbers[0] != numbers[1], || {
        format!("{numbers:?}")
    });
    let told = claims.clone();
    let stage = stage.run([
        Box::new(move |ts| drop_ref(ts, first)),
        Box::new(move |ts| {
            let more = new_ref(ts, second);
            told.sometimes(COUNTED, header(&more).count.number().is_some());
            drop_ref(ts, more);
            drop_ref(ts, second);
            ts.detach();
        }),
    ]);
    let ts = stage.thread(0);
    let found = gc::collect(ts);
    claims.always(SCENARIO.always, found == Some(2), || format!("{found:?}"));
    let again = [deferred(ts, claims), deferred(ts, claims)];
    let reused = again.map(number);
    let right = reused == numbers || reused == [numbers[1], numbers[0]];
    claims.always("numbers come back", right, || {
        format!("{reused:?} after {numbers:?}")
    });
    again.into_iter().for_each(|value| drop_ref(ts, value));
    let found = gc::collect(ts);
    claims.always("they are found, too", found == Some(2), || {
        format!("{found:?}")
    });
    stage.thread(1).attach();
    stage.finish(&[]);
}

/// A list whose count is deferred.
fn deferred(ts: &ThreadState, claims: &Claims) -> Value {
    let list = list::new(ts, &[]);
    let answers = (gc::defer_count(ts, list), gc::defer_count(ts, list));
    claims.always("it is deferred once", answers == (true, false), || {
        format!("{answers:?}")
    });
    list
}

fn number(value: Value) -> Option<usize> {
    header(&value).count.number().map(|number| number.index())
}
