//! Whether a slice is assigned from another list at one moment of both.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::two_lists::beside_appends;
use crate::rt::objects::list::rewrite_from;

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
    let met = [BEFORE, BETWEEN, AFTER];
    beside_appends(
        claims,
        "an assignment is one step",
        met,
        |ts, list, source| {
            rewrite_from(ts, list, source, |items, new| {
                items.extend(new);
                Vec::new()
            });
        },
    );
}
