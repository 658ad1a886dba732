//! Is an answer from before a registration kept among those from after it?

use std::sync::Arc;

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::registry::Registry;
use crate::scenarios::containers::{Stage, Work};

const LATE: &str = "a class was asked about before it was registered";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "version_old_answer_is_forgotten",
    pillar: Pillar::Version,
    question: "Is an answer from before a registration kept among those from after it?",
    always: "What is recalled of two classes is right.",
    sometimes: &[LATE],
    bound: Bound::Preemptions(2),
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let registry = Arc::new(Registry::new());
    let registers: Work = {
        let registry = Arc::clone(&registry);
        Box::new(move |ts| {
            registry.register(ts, 1);
            let _ = registry.search(ts, 2);
        })
    };
    let asks: Work = {
        let (registry, told) = (Arc::clone(&registry), claims.clone());
        Box::new(move |ts| {
            told.sometimes(LATE, !registry.search(ts, 1));
        })
    };
    let stage = stage.run([registers, asks]);
    let recalled = [1, 2].map(|class| registry.recall(stage.thread(0), class));
    let right = recalled[0] != Some(false) && recalled[1] == Some(false);
    claims.always(SCENARIO.always, right, || format!("{recalled:?}"));
    stage.finish(&[]);
}
