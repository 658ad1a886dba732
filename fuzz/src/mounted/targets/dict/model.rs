//! What each operation of a dict does when nothing else happens.

use super::super::{Answer, At, Frame, KEY, Next, State};

pub(super) fn of_key(state: &State, key: i8) -> State {
    let pairs = state.rows[0].chunks(2).filter(|pair| pair[0] == key);
    State::new(vec![pairs.flatten().copied().collect(), Vec::new()])
}

pub(super) fn place(row: &[i8], key: i8) -> Option<usize> {
    row.chunks(2)
        .position(|pair| pair[0] == key)
        .map(|at| 2 * at)
}

pub(super) fn put(row: &mut Vec<i8>, key: i8, value: i8) {
    match place(row, key) {
        Some(at) => row[at + 1] = value,
        None => row.extend([key, value]),
    }
}

pub(super) fn get(state: &mut State, at: &At<'_>) -> Answer {
    let row = &state.rows[0];
    Answer::of(place(row, at.args[0]).map(|place| row[place + 1]))
}

/// Two looks, between which others may come; the frame holds what the first one found.
pub(super) fn get_two(state: &State, frame: &Frame, at: &At<'_>) -> Vec<Next> {
    let row = &state.rows[0];
    let found = place(row, at.args[frame.len()]).map_or(0, |place| row[place + 1]);
    let seen = [frame.as_slice(), &[found]].concat();
    let answer = (seen.len() == 2).then(|| Answer::Numbers(seen.clone()));
    vec![Next {
        state: state.clone(),
        frame: seen,
        answer,
    }]
}

pub(super) fn yes(_: &mut State, _: &At<'_>) -> Answer {
    Answer::Bool(true)
}

pub(super) fn contains(state: &mut State, at: &At<'_>) -> Answer {
    Answer::Bool(place(&state.rows[0], at.args[0]).is_some())
}

pub(super) fn insert(state: &mut State, at: &At<'_>) -> Answer {
    put(&mut state.rows[0], at.args[0], at.args[1]);
    Answer::Done
}

pub(super) fn insert_y(state: &mut State, at: &At<'_>) -> Answer {
    put(&mut state.rows[1], at.args[0], at.args[1]);
    Answer::Done
}

pub(super) fn setdefault(state: &mut State, at: &At<'_>) -> Answer {
    match get(state, at) {
        Answer::Nothing => {
            insert(state, at);
            Answer::Number(at.args[1])
        }
        found => found,
    }
}

pub(super) fn pop(state: &mut State, at: &At<'_>) -> Answer {
    let row = &mut state.rows[0];
    let Some(place) = place(row, at.args[0]) else {
        return Answer::Nothing;
    };
    row.remove(place);
    Answer::Number(row.remove(place))
}

pub(super) fn delete(state: &mut State, at: &At<'_>) -> Answer {
    match pop(state, at) {
        Answer::Nothing => KEY,
        _ => Answer::Done,
    }
}

pub(super) fn popitem(state: &mut State, _: &At<'_>) -> Answer {
    let row = &mut state.rows[0];
    match row.len().checked_sub(2) {
        Some(last) => Answer::Numbers(row.split_off(last)),
        None => KEY,
    }
}

pub(super) fn clear(state: &mut State, _: &At<'_>) -> Answer {
    state.rows[0].clear();
    Answer::Done
}

pub(super) fn entries(state: &mut State, _: &At<'_>) -> Answer {
    Answer::Numbers(state.rows[0].clone())
}

/// Without the lock: the number may lag behind the keys.
pub(super) fn len(row: &[i8], _: &At<'_>) -> Answer {
    Answer::Number((row.len() / 2) as i8)
}

/// Pair by pair for who looks without the lock; the frame counts them.
pub(super) fn update(state: &State, frame: &Frame, _: &At<'_>) -> Vec<Next> {
    let mut state = state.clone();
    if frame.is_empty() && state.moving.is_some() {
        return Vec::new();
    }
    let done = frame.first().copied().unwrap_or_default();
    let pair = state.rows[1].chunks(2).nth(done as usize);
    let pair = pair.map(|pair| (pair[0], pair[1]));
    let before = state.rows[0].clone();
    if let Some((key, value)) = pair {
        put(&mut state.rows[0], key, value);
    }
    vec![state.further(before, pair.map(|_| vec![done + 1]))]
}

pub(super) fn union(state: &mut State, _: &At<'_>) -> Answer {
    let mut row = state.rows[0].clone();
    for pair in state.rows[1].chunks(2) {
        put(&mut row, pair[0], pair[1]);
    }
    Answer::Numbers(row)
}

pub(super) fn equal(state: &mut State, _: &At<'_>) -> Answer {
    let (left, right) = (&state.rows[0], &state.rows[1]);
    let same = |pair: &[i8]| place(right, pair[0]).is_some_and(|at| right[at + 1] == pair[1]);
    Answer::Bool(left.len() == right.len() && left.chunks(2).all(same))
}
