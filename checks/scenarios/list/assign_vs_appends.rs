//! Whether a slice is assigned from another list at one moment of both.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::{list_of, numbers};
use crate::rt::objects::list::{append, rewrite_from};
use crate::scenarios::containers::{Stage, int};

const BEFORE: &str = "the assignment is first";
const BETWEEN: &str = "the assignment is between the appends";
const AFTER: &str = "the assignment is last";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "list_assign_vs_appends",
    pillar: Pillar::List,
    question: "Does a slice get what the other list has at the moment at which it is assigned?",
    always: "The items are those of one order of the three operations.",
    sometimes: &[BEFORE, BETWEEN, AFTER],
    bound: Bound::Preemptions(2),
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let owner = stage.thread(0);
    let (list, source) = (list_of(owner, &[]), list_of(owner, &[int(5)]));
    let stage = stage.run([
        Box::new(move |ts| {
            append(ts, &source, int(1));
            append(ts, &list, int(2));
        }),
        Box::new(move |ts| {
            rewrite_from(ts, &list, &source, |items, new| {
                items.extend(new);
                Vec::new()
            });
        }),
    ]);
    let found = numbers(stage.thread(0), &list);
    let orders = [vec![5, 2], vec![5, 1, 2], vec![2, 5, 1]];
    claims.always("an assignment is one step", orders.contains(&found), || {
        format!("{found:?}")
    });
    for (what, order) in [BEFORE, BETWEEN, AFTER].into_iter().zip(&orders) {
        claims.sometimes(what, found == *order);
    }
    stage.finish(&[list.value(), source.value()]);
}
