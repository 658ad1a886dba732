//! What each operation of the target does when nothing else happens.

use super::super::{Answer, At, Frame, Next, State};
use super::CELLS;
use super::PUBLISHED;

pub(super) fn at(number: i8) -> usize {
    usize::from(number.unsigned_abs())
}

pub(super) fn get(state: &mut State, a: &At<'_>) -> Answer {
    let number = state.rows[CELLS][at(a.args[0])];
    Answer::of((number > 0).then_some(number))
}

pub(super) fn put(state: &mut State, a: &At<'_>) -> Answer {
    state.rows[CELLS][at(a.args[0])] = a.args[1];
    Answer::Done
}

pub(super) fn empty(state: &mut State, a: &At<'_>) -> Answer {
    state.rows[CELLS][at(a.args[0])] = 0;
    Answer::Done
}

/// Takes, and puts: the frame is what was taken.
pub(super) fn copy(state: &State, frame: &Frame, a: &At<'_>) -> Vec<Next> {
    let mut state = state.clone();
    let answer = frame.first().map(|taken| {
        state.rows[CELLS][at(a.args[0])] = *taken;
        Answer::Done
    });
    vec![Next {
        frame: vec![state.rows[CELLS][at(1 - a.args[0])]],
        state,
        answer,
    }]
}

pub(super) fn publish(state: &mut State, a: &At<'_>) -> Answer {
    state.rows[PUBLISHED][0] = a.args[0];
    Answer::Done
}

pub(super) fn peek(state: &mut State, _: &At<'_>) -> Answer {
    Answer::Number(state.rows[PUBLISHED][0])
}

pub(super) fn done(_: &mut State, _: &At<'_>) -> Answer {
    Answer::Done
}
