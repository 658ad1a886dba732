//! Is what an object was seen to hold alive when the world goes on?

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use crate::rt::objects::gc;
use crate::rt::objects::list::{self, List, pop};
use crate::scenarios::containers::{Shared, Stage, drop_ref, object, take};

const FOUND: &str = "the item was seen";
const GONE: &str = "the item was gone";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "safepoint_referents_vs_drop",
    pillar: Pillar::Safepoint,
    question: "Is what an object was seen to hold, with the world stopped, alive when the world goes on?",
    always: "what was seen is alive and whole",
    sometimes: &[FOUND, GONE],
    bound: Bound::Preemptions(2),
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let owner = stage.thread(1);
    let item = object(owner, 1);
    let list = Shared::<List>::new(list::new(owner, &[item]));
    let told = claims.clone();
    let stage = stage.run([
        Box::new(move |ts| {
            let seen = gc::referents(ts, &[list.value()]);
            told.sometimes(FOUND, !seen.is_empty());
            told.sometimes(GONE, seen.is_empty());
            for one in seen {
                let number = take(ts, Some(one));
                told.always(SCENARIO.always, number == Some(1), || format!("{number:?}"));
            }
        }),
        Box::new(move |ts| {
            ts.detached(|| ());
            let item = pop(ts, &list, 0);
            item.into_iter().for_each(|item| drop_ref(ts, item));
            ts.detach();
        }),
    ]);
    stage.thread(1).attach();
    stage.finish(&[list.value()]);
}
