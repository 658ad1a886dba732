//! Is one string made for a text that two threads intern?

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::intern_twice;

const BOTH: &str = "both threads got the string";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "once_interned_text_is_one_object",
    pillar: Pillar::Once,
    question: "Is one string made for a text that two threads intern?",
    always: "Both threads get the same string.",
    sometimes: &[BOTH],
    bound: Bound::Preemptions(2),
    body,
};

fn body(claims: &Claims) {
    let strings = intern_twice(|_| ());
    let same = strings[0] == strings[1];
    claims.sometimes(BOTH, same);
    claims.always(SCENARIO.always, same, || "two strings");
}
