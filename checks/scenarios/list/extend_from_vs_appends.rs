//! Whether a list is extended by another one at one moment of both.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::two_lists::beside_appends;
use crate::rt::objects::list::extend_from;

const BEFORE: &str = "the extension is first";
const BETWEEN: &str = "the extension is between the appends";
const AFTER: &str = "the extension is last";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "list_extend_from_vs_appends",
    pillar: Pillar::List,
    question: "Is a list extended by what the other one has at the moment at which the items are added?",
    always: "The items are those of one order of the three operations.",
    sometimes: &[BEFORE, BETWEEN, AFTER],
    bound: Bound::Preemptions(2),
    body,
};

fn body(claims: &Claims) {
    let met = [BEFORE, BETWEEN, AFTER];
    beside_appends(claims, "an extension is one step", met, extend_from);
}
