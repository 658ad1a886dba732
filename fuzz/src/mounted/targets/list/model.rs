//! What each operation of a list does when nothing else happens.

use super::super::values::place;
use super::super::{Answer, At, Frame, INDEX, Next, State, VALUE};

/// The most items of a list that is repeated.
pub(super) const LONGEST: usize = 24;

pub(super) fn index(number: i8) -> usize {
    usize::try_from(number).expect("it is drawn so")
}

pub(super) fn look(row: &[i8], at: &At<'_>) -> Answer {
    Answer::of(place(at.args[0], row.len()).map(|place| row[place]))
}

pub(super) fn len(row: &[i8], _: &At<'_>) -> Answer {
    Answer::Number(row.len() as i8)
}

pub(super) fn set(state: &mut State, at: &At<'_>) -> Answer {
    let row = &mut state.rows[0];
    let Some(place) = place(at.args[0], row.len()) else {
        return INDEX;
    };
    row[place] = at.args[1];
    Answer::Done
}

pub(super) fn append(state: &mut State, at: &At<'_>) -> Answer {
    state.rows[0].push(at.args[0]);
    Answer::Done
}

pub(super) fn append_y(state: &mut State, at: &At<'_>) -> Answer {
    state.rows[1].push(at.args[0]);
    Answer::Done
}

/// One item after the other: who looks without the lock may see the first one alone.
pub(super) fn two(state: &State, frame: &Frame, at: &At<'_>) -> Vec<Next> {
    if frame.is_empty() && state.moving.is_some() {
        return Vec::new();
    }
    let mut state = state.clone();
    state.rows[0].push(at.args[frame.len()]);
    let row = state.rows[0].clone();
    vec![state.further(row, frame.is_empty().then(|| vec![1]))]
}

pub(super) fn insert(state: &mut State, at: &At<'_>) -> Answer {
    let row = &mut state.rows[0];
    let index = at.args[0];
    let place = match index < 0 {
        true => row.len().saturating_sub(index.unsigned_abs().into()),
        false => row.len().min(self::index(index)),
    };
    row.insert(place, at.args[1]);
    Answer::Done
}

pub(super) fn pop(state: &mut State, at: &At<'_>) -> Answer {
    let row = &mut state.rows[0];
    Answer::of(place(at.args[0], row.len()).map(|place| row.remove(place)))
}

pub(super) fn pop_last(state: &mut State, _: &At<'_>) -> Answer {
    Answer::of(state.rows[0].pop())
}

pub(super) fn hold_y(state: &mut State, _: &At<'_>) -> Answer {
    match state.rows[1].is_empty() {
        true => Answer::Nothing,
        false => Answer::Bool(true),
    }
}

pub(super) fn delete(state: &mut State, at: &At<'_>) -> Answer {
    match pop(state, at) {
        Answer::Nothing => INDEX,
        _ => Answer::Done,
    }
}

pub(super) fn widen(state: &mut State, at: &At<'_>) -> Answer {
    let row = &mut state.rows[0];
    let start = index(at.args[0]).min(row.len());
    let stop = (start + 1).min(row.len());
    row.splice(start..stop, [at.args[1]; 2]);
    Answer::Done
}

pub(super) fn cut(state: &mut State, at: &At<'_>) -> Answer {
    let row = &mut state.rows[0];
    row.truncate(row.len().saturating_sub(index(at.args[0])));
    Answer::Done
}

pub(super) fn assign(state: &mut State, at: &At<'_>) -> Answer {
    let more = state.rows[1].clone();
    let row = &mut state.rows[0];
    let end = index(at.args[0]).min(row.len());
    row.splice(..end, more);
    Answer::Done
}

pub(super) fn clear(state: &mut State, _: &At<'_>) -> Answer {
    state.rows[0].clear();
    Answer::Done
}

pub(super) fn reverse(state: &mut State, _: &At<'_>) -> Answer {
    state.rows[0].reverse();
    Answer::Done
}

/// Nothing happens to a list that would become too long for the program.
pub(super) fn repeat(state: &mut State, at: &At<'_>) -> Answer {
    let row = &mut state.rows[0];
    let times = index(at.args[0]);
    if times == 0 || row.len() <= LONGEST {
        *row = row.repeat(times);
    }
    Answer::Done
}

pub(super) fn add(state: &mut State, _: &At<'_>) -> Answer {
    Answer::Numbers([state.rows[0].as_slice(), &state.rows[1]].concat())
}

pub(super) fn extend(state: &mut State, _: &At<'_>) -> Answer {
    let more = state.rows[1].clone();
    state.rows[0].extend(more);
    Answer::Done
}

pub(super) fn remove(state: &mut State, at: &At<'_>) -> Answer {
    let row = &mut state.rows[0];
    match row.iter().position(|item| *item == at.args[0]) {
        Some(place) => {
            row.remove(place);
            Answer::Done
        }
        None => VALUE,
    }
}

pub(super) fn sort(state: &mut State, _: &At<'_>) -> Answer {
    state.rows[0].sort_unstable();
    Answer::Done
}

pub(super) fn snapshot(state: &mut State, _: &At<'_>) -> Answer {
    Answer::Numbers(state.rows[0].clone())
}

/// One step for each item: the frame is the place that comes next.
pub(super) fn find(state: &State, frame: &Frame, at: &At<'_>) -> Vec<Next> {
    let here = frame.first().copied().unwrap_or(0);
    let rows = [
        Some(&state.rows[0]),
        state.moving.as_ref().map(|moving| &moving.before),
    ];
    let empty = state.moving.as_ref().filter(|moving| moving.empty);
    let seen = rows
        .into_iter()
        .flatten()
        .map(|row| row.get(index(here)).copied());
    let mut seen: Vec<Option<i8>> = seen.chain(empty.map(|_| None)).collect();
    seen.dedup();
    let next = |seen: Option<i8>| Next {
        state: state.clone(),
        frame: vec![here + 1],
        answer: match seen {
            None => Some(VALUE),
            Some(item) if item == at.args[0] => Some(Answer::Number(here)),
            Some(_) => None,
        },
    };
    seen.into_iter().map(next).collect()
}
