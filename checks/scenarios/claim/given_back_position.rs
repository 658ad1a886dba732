//! Does a position that is given back go to the next who asks, unless others have gone on?

use std::sync::{Arc, Mutex};

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use crate::rt::objects::list::{self, List};
use crate::rt::objects::new_ref;
use crate::rt::objects::position::Position;
use crate::rt::protocols::thread_state::ThreadState;
use crate::scenarios::containers::{Shared, Stage, drop_ref};

const RETURNED: &str = "the position was given back";
const PASSED: &str = "another thread had gone on";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "claim_given_back_position",
    pillar: Pillar::Claim,
    question: "Does a position that is given back go to the next who asks, unless others have gone on?",
    always: "No position is taken twice, and none is left out but one that came back too late.",
    sometimes: &[RETURNED, PASSED],
    bound: Bound::Complete,
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let owner = Shared::<List>::new(list::new(stage.thread(0), &[]));
    alone(stage.thread(0), &owner, claims);
    let other = new_ref(stage.thread(1), owner.value());
    let position = Arc::new(Position::new(0));
    let seen: Arc<Mutex<Option<i64>>> = Arc::default();
    let (taken, ours, theirs) = (
        Arc::clone(&seen),
        Arc::clone(&position),
        Arc::clone(&position),
    );
    let stage = stage.run([
        Box::new(move |ts| {
            let value = owner.value();
            let at = ours.take(ts, value.as_header().expect("an object"), 1);
            ours.give_back(at.expect("there is no end"), 1);
        }),
        Box::new(move |ts| {
            let value = owner.value();
            let at = theirs.take(ts, value.as_header().expect("an object"), 1);
            *taken.lock().expect("nobody panics") = at;
        }),
    ]);
    let (seen, next) = (*seen.lock().expect("nobody panics"), position.get());
    claims.sometimes(RETURNED, next == 1);
    claims.sometimes(PASSED, next == 2);
    let right = matches!((seen, next), (Some(0), 1) | (Some(1), 2));
    claims.always(SCENARIO.always, right, || format!("{seen:?}, then {next}"));
    stage.finish(&[owner.value(), other]);
}

/// Steps of a thread that has the only reference, to the end and no further.
fn alone(ts: &ThreadState, owner: &Shared<List>, claims: &Claims) {
    let value = owner.value();
    let header = value.as_header().expect("an object");
    let back = Position::new(1);
    let early = back.take(ts, header, -1);
    back.give_back(1, -1);
    claims.always("the last step is given back", back.get() == 1, || {
        format!("{early:?}")
    });
    let steps = [(); 4].map(|()| back.take(ts, header, -1));
    let right = steps == [Some(1), Some(0), None, None];
    claims.always("steps back end at the start", right, || {
        format!("{steps:?}")
    });
    back.give_back(0, -1);
    back.move_to(0);
    let left = back.get();
    claims.always("the end stays", left == -1, || left);
    let forth = Position::new(0);
    let taken = forth.take(ts, header, 1);
    forth.give_back(0, 1);
    let again = forth.take(ts, header, 2);
    let right = (taken, again, forth.get()) == (Some(0), Some(0), 2);
    claims.always("a step that was given back is taken again", right, || {
        format!("{taken:?}, {again:?}")
    });
    let shared = new_ref(ts, value);
    let early = Position::new(1);
    early.give_back(0, 1);
    let steps = [(); 3].map(|()| early.take(ts, header, -1));
    let right = steps == [Some(0), None, None];
    claims.always("a shared iterator ends, too", right, || {
        format!("{steps:?}")
    });
    drop_ref(ts, shared);
}
