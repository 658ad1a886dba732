//! Whether answers about subclasses are kept as long as they hold.

use std::sync::Arc;

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::registry::Registry;
use crate::rt::protocols::registrations::Answers;
use crate::scenarios::containers::{Stage, Work};

const NO: &str = "the class was no subclass yet";
const YES: &str = "the class was a subclass both times";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "version_answers_are_kept",
    pillar: Pillar::Version,
    question: "Is an answer about a subclass kept while it holds, a yes for ever and a no until a class is registered?",
    always: "A yes is never followed by a no, and old answers are not taken for new ones.",
    sometimes: &[NO, YES],
    bound: Bound::Preemptions(2),
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let registry = Arc::new(Registry::new());
    let registers: Work = {
        let registry = Arc::clone(&registry);
        Box::new(move |ts| registry.register(ts, 1))
    };
    let asks: Work = {
        let (registry, told) = (Arc::clone(&registry), claims.clone());
        Box::new(move |ts| {
            let (first, second) = (registry.ask(ts, 1), registry.ask(ts, 1));
            told.sometimes(NO, !first);
            told.sometimes(YES, first);
            told.always(SCENARIO.always, second || !first, || "a yes and then a no");
        })
    };
    let stage = stage.run([registers, asks]);
    let ts = stage.thread(0);
    let (found, recalled) = (registry.ask(ts, 1), registry.recall(ts, 1));
    claims.always(
        "a yes is kept",
        (found, recalled) == (true, Some(true)),
        || format!("{found} and {recalled:?}"),
    );
    alone(claims);
    stage.finish(&[]);
}

/// The answers of one class, as they come.
fn alone(claims: &Claims) {
    let mut answers = Answers::default();
    answers.keep(1, 1, true);
    answers.keep(2, 1, false);
    let now = [1, 2, 3].map(|number| answers.recall(number, 1));
    claims.always(
        "they are recalled",
        now == [Some(true), Some(false), None],
        || format!("{now:?}"),
    );
    let later = [1, 2].map(|number| answers.recall(number, 2));
    claims.always("a no is for its time", later == [Some(true), None], || {
        format!("{later:?}")
    });
    answers.keep(4, 2, false);
    answers.keep(5, 1, false);
    answers.keep(6, 2, false);
    let then = [2, 4, 5, 6].map(|number| answers.recall(number, 2));
    let right = [None, Some(false), None, Some(false)];
    claims.always("old ones are not among new ones", then == right, || {
        format!("{then:?}")
    });
    answers.clear();
    let none = [1, 4].map(|number| answers.recall(number, 2));
    claims.always("they are forgotten", none == [None; 2], || {
        format!("{none:?}")
    });
}
