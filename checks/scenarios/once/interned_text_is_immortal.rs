//! Is a string that was interned immortal for whoever gets it?

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::intern_twice;

const BOTH: &str = "both threads got the string";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "once_interned_text_is_immortal",
    pillar: Pillar::Once,
    question: "Is a string that was interned immortal for whoever gets it?",
    always: "The string is immortal for each thread.",
    sometimes: &[BOTH],
    bound: Bound::Preemptions(2),
    body,
};

fn body(claims: &Claims) {
    let told = claims.clone();
    let strings = intern_twice(move |string| {
        let count = string.as_header().expect("an object").count.snapshot();
        told.always(SCENARIO.always, count.is_immortal(), || {
            format!("{count:?}")
        });
    });
    claims.sometimes(BOTH, strings[0] == strings[1]);
}
