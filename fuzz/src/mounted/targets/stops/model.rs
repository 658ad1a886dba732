//! What each operation of the target does when nothing else happens.

use super::super::{Answer, At, Frame, Next, State};
use super::THRESHOLD;

const NUMBERS: usize = 0;
const CODE: usize = 1;
const FRAME: usize = 2;
const REQUESTS: usize = 3;
const ALLOCATED: usize = 4;

pub(super) fn work(state: &mut State, at: &At<'_>) -> Answer {
    let number = &mut state.rows[NUMBERS][at.thread];
    *number = number.wrapping_add(1);
    Answer::Number(*number)
}

pub(super) fn add_to_all(state: &mut State, _: &At<'_>) -> Answer {
    let numbers = &mut state.rows[NUMBERS];
    numbers
        .iter_mut()
        .for_each(|number| *number = number.wrapping_add(1));
    Answer::Numbers(numbers.clone())
}

/// Two looks, between which there may be a change.
pub(super) fn call_twice(state: &State, frame: &Frame, _: &At<'_>) -> Vec<Next> {
    let seen = [frame.as_slice(), &state.rows[CODE]].concat();
    let answer = (seen.len() == 2).then(|| Answer::Numbers(seen.clone()));
    vec![Next {
        state: state.clone(),
        frame: seen,
        answer,
    }]
}

pub(super) fn assign(state: &mut State, at: &At<'_>) -> Answer {
    Answer::Number(std::mem::replace(&mut state.rows[CODE][0], at.args[0]))
}

pub(super) fn run(state: &mut State, at: &At<'_>) -> Answer {
    let frame = &mut state.rows[FRAME];
    if at.thread == 0 && frame[1] == 0 {
        frame[0] = frame[0].wrapping_add(2);
    }
    Answer::Done
}

pub(super) fn leave(state: &mut State, at: &At<'_>) -> Answer {
    if at.thread == 0 {
        state.rows[FRAME][1] = 1;
    }
    Answer::Done
}

pub(super) fn look(state: &mut State, _: &At<'_>) -> Answer {
    Answer::Number(state.rows[FRAME][0])
}

pub(super) fn request(state: &mut State, at: &At<'_>) -> Answer {
    state.rows[REQUESTS][0] |= 1 << at.args[0];
    Answer::Done
}

pub(super) fn serve(state: &mut State, _: &At<'_>) -> Answer {
    Answer::Number(std::mem::take(&mut state.rows[REQUESTS][0]))
}

pub(super) fn allocate(state: &mut State, at: &At<'_>) -> Answer {
    let young = &mut state.rows[ALLOCATED][0];
    *young = young.wrapping_add(at.args[0]);
    Answer::Bool(i16::from(*young) > THRESHOLD.into())
}

/// Another thread may be at it.
pub(super) fn turn(state: &State, _: &Frame, _: &At<'_>) -> Vec<Next> {
    either(state.clone(), state)
}

/// Counts anew, unless another thread collects. How often it was done is hidden.
pub(super) fn collect(state: &State, _: &Frame, _: &At<'_>) -> Vec<Next> {
    let mut after = state.clone();
    after.rows[ALLOCATED][1] = 0;
    after.hidden = vec![vec![collections(state).wrapping_add(1)]];
    either(after, state)
}

/// It was done, with this state after it, or not.
pub(super) fn either(done: State, before: &State) -> Vec<Next> {
    let next = |state: State, done| Next {
        state,
        frame: Frame::new(),
        answer: Some(Answer::Bool(done)),
    };
    vec![next(done, true), next(before.clone(), false)]
}

pub(super) fn collections(state: &State) -> i8 {
    state.hidden.first().map_or(0, |hidden| hidden[0])
}

/// What a thread retires is freed by a collection after that, if by any; the frame is how many there were.
pub(super) fn retire(state: &State, frame: &Frame, _: &At<'_>) -> Vec<Next> {
    let Some(before) = frame.first() else {
        return vec![Next {
            state: state.clone(),
            frame: vec![collections(state)],
            answer: None,
        }];
    };
    let mut after = state.clone();
    let young = &mut after.rows[ALLOCATED][1];
    *young = young.wrapping_add(1);
    let mut all = either(after.clone(), &after);
    all.retain(|next| next.answer == Some(Answer::Bool(false)) || *before != collections(state));
    all
}
