//! Iterators that threads share: one over a list, one over a dict that stays, and the position of one over a range.

use super::rt::objects::dict::{self, Dict};
use super::rt::objects::iterator::{self, Entry, SequenceIterator, TableIterator};
use super::rt::objects::list::{self, List};
use super::rt::objects::no_code::NoCode;
use super::rt::objects::position::Position;
use super::rt::objects::{Value, new_ref};
use super::rt::protocols::thread_state::ThreadState;
use super::values::{self, made, readable, small};
use super::{Answer, Arg, At, Cast, Frame, Model, Next, Operation, Row, State, Target, object, op};

/// The rows: the list, the next index of its iterator, which is empty after the end, the entries that are left of the
/// dict's, and the position.
pub(super) static TARGET: Target = Target {
    name: "iterators",
    question: "Does each item of an iterator go to one thread, and does its end stay?",
    types: &[],
    start: &[
        Row::Values(4),
        Row::Fixed(&[0]),
        Row::Pairs(3),
        Row::Fixed(&[0]),
    ],
    threads: 3,
    operations: OPERATIONS,
    excepted: &[],
    close: None,
    project: None,
    hooks: &NoCode,
    build,
    read,
};

const OPERATIONS: &[Operation] = &[
    op(
        "next",
        "__next__",
        "next(i, None)",
        &[],
        4,
        Model::Steps(next),
        |p, _| {
            let item = |source: &Value, index: usize| {
                let list: &List = source.downcast().expect("a list");
                Ok(list::get(p.ts, list, index as i64))
            };
            let found = iterator::next(p.ts, object::<SequenceIterator>(p.cast, 1), item);
            values::answer(p.ts, found.expect("lists raise nothing"))
        },
    ),
    op(
        "append",
        "append",
        "x.append({0})",
        &[Arg::Value],
        2,
        Model::One(append),
        |p, a| {
            list::append(p.ts, object(p.cast, 0), made(p.ts, a[0]));
            Answer::Done
        },
    ),
    op("pop", "pop", "x.pop()", &[], 1, Model::One(pop), |p, _| {
        values::answer(p.ts, list::pop(p.ts, object(p.cast, 0), -1))
    }),
    op(
        "next-key",
        "__next__",
        "next(d, None)",
        &[],
        3,
        Model::One(next_key),
        |p, _| match iterator::next_entry(p.ts, object::<TableIterator>(p.cast, 2)) {
            Ok(Some(Entry::Pair(key, value))) => {
                let _ = values::take(p.ts, value);
                values::answer(p.ts, Some(key))
            }
            Ok(_) => Answer::Nothing,
            Err(_) => Answer::Raised("RuntimeError"),
        },
    ),
    op(
        "take",
        "__next__",
        "next(r, None)",
        &[],
        3,
        Model::One(take),
        |p, _| {
            let owner = p.cast.objects[0];
            let owner = owner.as_header().expect("an object");
            let taken = p.cast.part::<Position>().take(p.ts, owner, 1);
            Answer::of(taken.map(|position| position as i8))
        },
    ),
    op(
        "end",
        "__next__",
        "r.end()",
        &[],
        1,
        Model::One(end),
        |p, _| {
            p.cast.part::<Position>().end();
            Answer::Done
        },
    ),
    op(
        "move",
        "__setstate__",
        "r.__setstate__({0})",
        &[Arg::Below(6)],
        1,
        Model::One(move_to),
        |p, a| {
            p.cast.part::<Position>().move_to(a[0].into());
            Answer::Done
        },
    ),
    op(
        "position",
        "__reduce__",
        "r.__reduce__()",
        &[],
        1,
        Model::One(position),
        |p, _| Answer::Number(p.cast.part::<Position>().get() as i8),
    ),
];

/// The list counts as one that several threads hold: a position that only one holds is moved without care.
fn build(ts: &ThreadState, state: &State) -> Cast {
    let list = readable(list::new(ts, &values::all_made(ts, &state.rows[0])));
    let over_list = iterator::new(ts, new_ref(ts, list));
    let dict = readable(dict::new(ts));
    let inside: &Dict = dict.downcast().expect("a dict");
    for pair in state.rows[2].chunks(2) {
        let added = dict::insert(ts, inside, small(pair[0]), made(ts, pair[1]));
        added.expect("numbers have hashes");
    }
    let over_dict = iterator::over_table(ts, dict);
    let again = new_ref(ts, list);
    Cast::with(vec![list, over_list, over_dict, again], Position::new(0))
}

fn read(ts: &ThreadState, cast: &Cast) -> State {
    let items = values::take_all(ts, list::snapshot(ts, object(cast, 0)));
    let left = iterator::state(ts, object(cast, 1)).map(|(source, index)| {
        values::drop_ref(ts, source);
        index as i8
    });
    let mut entries = Vec::new();
    while let Ok(Some(Entry::Pair(key, value))) = iterator::next_entry(ts, object(cast, 2)) {
        entries.extend([values::take(ts, key), values::take(ts, value)]);
    }
    let position = cast.part::<Position>().get() as i8;
    State::new(vec![
        items,
        left.into_iter().collect(),
        entries,
        vec![position],
    ])
}

/// Takes an index; looks what is there; when there is nothing, ends the iterator for all. The frame holds the index, and
/// then a second number.
fn next(state: &State, frame: &Frame, _: &At<'_>) -> Vec<Next> {
    let mut state = state.clone();
    let (frame, answer) = match frame[..] {
        [] => match state.rows[1].first().copied() {
            None => (Vec::new(), Some(Answer::Nothing)),
            Some(index) => {
                state.rows[1] = vec![index + 1];
                (vec![index], None)
            }
        },
        [index] => match state.rows[0].get(index as usize) {
            Some(item) => (Vec::new(), Some(Answer::Number(*item))),
            None => (vec![index, 1], None),
        },
        _ => {
            state.rows[1].clear();
            (Vec::new(), Some(Answer::Nothing))
        }
    };
    vec![Next {
        state,
        frame,
        answer,
    }]
}

fn append(state: &mut State, at: &At<'_>) -> Answer {
    state.rows[0].push(at.args[0]);
    Answer::Done
}

fn pop(state: &mut State, _: &At<'_>) -> Answer {
    Answer::of(state.rows[0].pop())
}

fn next_key(state: &mut State, _: &At<'_>) -> Answer {
    let row = &mut state.rows[2];
    match row.is_empty() {
        true => Answer::Nothing,
        false => Answer::of(row.drain(..2).next()),
    }
}

fn take(state: &mut State, _: &At<'_>) -> Answer {
    let position = &mut state.rows[3][0];
    match *position < 0 {
        true => Answer::Nothing,
        false => {
            *position += 1;
            Answer::Number(*position - 1)
        }
    }
}

fn end(state: &mut State, _: &At<'_>) -> Answer {
    state.rows[3][0] = -1;
    Answer::Done
}

fn move_to(state: &mut State, at: &At<'_>) -> Answer {
    let position = &mut state.rows[3][0];
    if *position >= 0 {
        *position = at.args[0];
    }
    Answer::Done
}

fn position(state: &mut State, _: &At<'_>) -> Answer {
    Answer::Number(state.rows[3][0])
}
