//! What a report says about a race.

use reports::failure::FailureKind;
use reports::scenario::Broken;

use super::clocks::Conflict;
use crate::At;
use crate::event::Place;
use crate::heap::BlockId;
use crate::names::Names;
use crate::state::State;

pub(crate) fn race(
    state: &mut State,
    place: Place,
    done: &str,
    conflict: Conflict,
    at: At,
) -> Broken {
    at_odds(state, conflict);
    let names = Names::new(state);
    Broken {
        kind: FailureKind::DataRace,
        claim: "conflicting accesses of plain data are ordered".to_owned(),
        detail: format!(
            "`{}` is {done} at {}, not ordered after the {} by {}",
            names.place(&place),
            names.source(at),
            conflict.what,
            names.event(conflict.earlier),
        ),
    }
}

pub(crate) fn unpublished(state: &mut State, id: BlockId, conflict: Conflict, at: At) -> Broken {
    state.blocks.accused.push(id);
    at_odds(state, conflict);
    let names = Names::new(state);
    Broken {
        kind: FailureKind::DataRace,
        claim: "a block is touched only after it was published".to_owned(),
        detail: format!(
            "`{}` is touched at {}, not ordered after its allocation by {}",
            names.block(id),
            names.source(at),
            names.event(conflict.earlier),
        ),
    }
}

pub(crate) fn freed_early(state: &mut State, id: BlockId, conflict: Conflict, at: At) -> Broken {
    state.blocks.accused.push(id);
    at_odds(state, conflict);
    let names = Names::new(state);
    Broken {
        kind: FailureKind::UseAfterFree,
        claim: "a block is freed only after every touch of it".to_owned(),
        detail: format!(
            "`{}` is freed at {}, not ordered after the touch by {}",
            names.block(id),
            names.source(at),
            names.event(conflict.earlier),
        ),
    }
}

/// Notes the two entries of the log, as far as they are there: the later one may be the step that is not logged yet.
fn at_odds(state: &mut State, conflict: Conflict) {
    let earlier = Some(conflict.earlier.step).filter(|step| *step < state.log.len());
    state.conflict.clear();
    state.conflict.extend(earlier);
}
