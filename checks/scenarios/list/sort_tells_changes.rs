//! Whether a sort tells that its key function has put an item in, though the item is gone again.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::{list_of, numbers};
use crate::rt::objects::list::{append, arrange, get, pop};
use crate::scenarios::containers::{Stage, int, take};

const MEANWHILE: &str = "a reader without the lock finds the item";
const OTHERWISE: &str = "it finds what the list had or has in the end";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "list_sort_tells_changes",
    pillar: Pillar::List,
    question: "Does a sort tell that its key function has put an item in and taken it out again?",
    always: "The sort tells of the change, and the items are those of before.",
    sometimes: &[MEANWHILE, OTHERWISE],
    bound: Bound::Preemptions(2),
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let list = list_of(stage.thread(0), &[int(2), int(1)]);
    let (told, seen) = (claims.clone(), claims.clone());
    let stage = stage.run([
        Box::new(move |ts| {
            let ((), changed) = arrange(ts, &list, |items| {
                append(ts, &list, int(3));
                take(ts, pop(ts, &list, -1));
                items.reverse();
            });
            told.always("the change is told", changed, || changed);
        }),
        Box::new(move |ts| {
            let item = take(ts, get(ts, &list, 0));
            seen.sometimes(MEANWHILE, item == Some(3));
            seen.sometimes(OTHERWISE, matches!(item, Some(1 | 2)));
        }),
    ]);
    let found = numbers(stage.thread(0), &list);
    claims.always("the items are there", found == [1, 2], || {
        format!("{found:?}")
    });
    stage.finish(&[list.value()]);
}
