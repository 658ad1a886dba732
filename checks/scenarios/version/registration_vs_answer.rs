//! Is a class that was registered ever taken for no subclass because of an answer that was kept?

use std::sync::Arc;

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::registry::Registry;
use crate::scenarios::containers::{Stage, Work};

const BEFORE: &str = "the class was asked about before it was registered";
const AFTER: &str = "the class was asked about after that";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "version_registration_vs_answer",
    pillar: Pillar::Version,
    question: "Is a class that was registered ever taken for no subclass because of an answer that was kept?",
    always: "Nobody recalls that a registered class is no subclass.",
    sometimes: &[BEFORE, AFTER],
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
            let answer = registry.ask(ts, 1);
            told.sometimes(BEFORE, !answer);
            told.sometimes(AFTER, answer);
        })
    };
    let stage = stage.run([registers, asks]);
    let recalled = registry.recall(stage.thread(0), 1);
    claims.always(
        SCENARIO.always,
        recalled != Some(false),
        || "it is recalled",
    );
    stage.finish(&[]);
}
