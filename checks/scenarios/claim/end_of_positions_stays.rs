//! Does an iterator that has ended stay so when another thread sets its position?

use std::sync::Arc;

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use crate::rt::objects::position::Position;
use crate::scenarios::containers::{Stage, Work};

const BEFORE: &str = "the position was set before the end";
const AFTER: &str = "the end came first";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "claim_end_of_positions_stays",
    pillar: Pillar::Claim,
    question: "Does an iterator that has ended stay so when another thread sets its position?",
    always: "There is nothing more after the end.",
    sometimes: &[BEFORE, AFTER],
    bound: Bound::Complete,
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let position = Arc::new(Position::new(0));
    let ends: Work = {
        let (position, told) = (Arc::clone(&position), claims.clone());
        Box::new(move |_| {
            told.sometimes(BEFORE, position.get() == 5);
            position.end();
        })
    };
    let moves: Work = {
        let (position, told) = (Arc::clone(&position), claims.clone());
        Box::new(move |_| {
            told.sometimes(AFTER, position.get() < 0);
            position.move_to(5);
        })
    };
    stage.run([ends, moves]).finish(&[]);
    let left = position.get();
    claims.always(SCENARIO.always, left < 0, || left);
}
