//! Dicts: two of them, since some operations take two. A row is key, value, key, value.

use super::rt::objects::dict::{self, Dict};
use super::rt::objects::no_code::NoCode;
use super::rt::protocols::thread_state::ThreadState;
use super::values::{self, by_key, key, made, number};
use super::{
    ALONE, Answer, Arg, At, Cast, Frame, KEY, Model, Next, Operation, Player, Row, State, Target,
    object, op,
};

pub(super) static TARGET: Target = Target {
    name: "dict",
    question: "Is each operation of a dict one step, as far as the documentation promises it?",
    types: &["builtins.dict"],
    start: &[Row::Pairs(7), Row::Pairs(3)],
    threads: 4,
    operations: OPERATIONS,
    excepted: &[
        ("__new__ __class_getitem__ fromkeys", ALONE),
        ("__init__", "the same as `update`"),
        (
            "keys values items",
            "makes a view, which reads nothing until it is used",
        ),
        (
            "__lt__ __le__ __gt__ __ge__",
            "answers NotImplemented, whatever the dict holds",
        ),
        ("__iter__ __reversed__", "drawn by the target `iterators`"),
        ("__ror__", "the same as `__or__`, from the other side"),
    ],
    close: None,
    project: Some(of_key),
    hooks: &NoCode,
    build,
    read,
};

const OPERATIONS: &[Operation] = &[
    op(
        "get",
        "get __getitem__",
        "x.get({0})",
        &[Arg::Key],
        4,
        Model::Aside(get),
        |p, a| {
            by_key(p.ts, a[0], |key| {
                values::answer(p.ts, dict::get(p.ts, x(p), key).expect(HASH))
            })
        },
    )
    .of_key(),
    op(
        "contains",
        "__contains__",
        "{0} in x",
        &[Arg::Key],
        1,
        Model::Aside(contains),
        |p, a| {
            by_key(p.ts, a[0], |key| {
                Answer::Bool(dict::contains(p.ts, x(p), key).expect(HASH))
            })
        },
    )
    .of_key(),
    op(
        "insert",
        "__setitem__",
        "x[{0}] = {1}",
        &[Arg::Key, Arg::Value],
        3,
        Model::One(insert),
        |p, a| {
            dict::insert(p.ts, x(p), key(p.ts, a[0]), made(p.ts, a[1])).expect(HASH);
            Answer::Done
        },
    )
    .of_key(),
    op(
        "insert-y",
        "__setitem__",
        "y[{0}] = {1}",
        &[Arg::Key, Arg::Value],
        1,
        Model::One(insert_y),
        |p, a| {
            dict::insert(p.ts, y(p), key(p.ts, a[0]), made(p.ts, a[1])).expect(HASH);
            Answer::Done
        },
    ),
    op(
        "setdefault",
        "setdefault",
        "x.setdefault({0}, {1})",
        &[Arg::Key, Arg::Value],
        1,
        Model::One(setdefault),
        |p, a| {
            let found = dict::setdefault(p.ts, x(p), key(p.ts, a[0]), made(p.ts, a[1]));
            values::answer(p.ts, Some(found.expect(HASH)))
        },
    )
    .of_key(),
    op(
        "pop",
        "pop",
        "x.pop({0}, None)",
        &[Arg::Key],
        2,
        Model::One(pop),
        |p, a| {
            by_key(p.ts, a[0], |key| {
                values::answer(p.ts, dict::pop(p.ts, x(p), key).expect(HASH))
            })
        },
    )
    .of_key(),
    op(
        "delete",
        "__delitem__",
        "del x[{0}]",
        &[Arg::Key],
        1,
        Model::One(delete),
        |p, a| match by_key(p.ts, a[0], |key| dict::delete(p.ts, x(p), key).expect(HASH)) {
            true => Answer::Done,
            false => KEY,
        },
    )
    .of_key(),
    op(
        "popitem",
        "popitem",
        "x.popitem()",
        &[],
        1,
        Model::One(popitem),
        |p, _| {
            dict::pop_item(p.ts, x(p)).map_or(KEY, |pair| Answer::Numbers(taken(p.ts, vec![pair])))
        },
    ),
    op(
        "clear",
        "clear",
        "x.clear()",
        &[],
        1,
        Model::One(clear),
        |p, _| {
            dict::clear(p.ts, x(p));
            Answer::Done
        },
    ),
    op(
        "copy",
        "copy",
        "x.copy()",
        &[],
        1,
        Model::One(entries),
        |p, _| given(p.ts, dict::copy(p.ts, x(p))),
    ),
    op(
        "entries",
        "__repr__",
        "list(x.items())",
        &[],
        1,
        Model::One(entries),
        |p, _| Answer::Numbers(taken(p.ts, dict::entries(p.ts, x(p)))),
    ),
    op(
        "len",
        "__len__",
        "len(x)",
        &[],
        1,
        Model::Aside(len),
        |p, _| Answer::Number(x(p).len() as i8),
    ),
    op(
        "update",
        "update __ior__",
        "x.update(y)",
        &[],
        1,
        Model::Steps(update),
        |p, _| {
            dict::update(p.ts, x(p), y(p)).expect(HASH);
            Answer::Done
        },
    ),
    op(
        "union",
        "__or__",
        "x | y",
        &[],
        1,
        Model::One(union),
        |p, _| given(p.ts, dict::union(p.ts, x(p), y(p)).expect(HASH)),
    ),
    op(
        "equal",
        "__eq__ __ne__",
        "x == y",
        &[],
        1,
        Model::One(equal),
        |p, _| {
            let pairs = dict::pairs(p.ts, x(p), y(p)).expect(HASH);
            let equal = pairs.map(|pairs| {
                let of = |(left, right): (super::Value, super::Value)| {
                    (values::take(p.ts, left), values::take(p.ts, right))
                };
                let pairs: Vec<(i8, i8)> = pairs.into_iter().map(of).collect();
                pairs.iter().all(|(left, right)| left == right)
            });
            Answer::Bool(equal == Some(true))
        },
    ),
];

const HASH: &str = "numbers have hashes";

fn x<'a>(player: &'a Player<'_>) -> &'a Dict {
    object(player.cast, 0)
}

fn y<'a>(player: &'a Player<'_>) -> &'a Dict {
    object(player.cast, 1)
}

/// The pairs as a row, and their references given back.
fn taken(ts: &ThreadState, pairs: Vec<(super::Value, super::Value)>) -> Vec<i8> {
    let row = pairs.into_iter().flat_map(|(key, value)| {
        let key_number = number(key);
        values::drop_ref(ts, key);
        [key_number, values::take(ts, value)]
    });
    row.collect()
}

/// The pairs of a dict that was made for an answer.
fn given(ts: &ThreadState, made: super::Value) -> Answer {
    let dict: &Dict = made.downcast().expect("a dict");
    let row = taken(ts, dict::entries(ts, dict));
    values::drop_ref(ts, made);
    Answer::Numbers(row)
}

fn build(ts: &ThreadState, state: &State) -> Cast {
    let row = |row: &Vec<i8>| {
        let value = dict::new(ts);
        let dict: &Dict = value.downcast().expect("a dict");
        for pair in row.chunks(2) {
            dict::insert(ts, dict, key(ts, pair[0]), made(ts, pair[1])).expect(HASH);
        }
        value
    };
    Cast::of(state.rows.iter().map(row).collect())
}

fn read(ts: &ThreadState, cast: &Cast) -> State {
    let row = |at| taken(ts, dict::entries(ts, object(cast, at)));
    State::new(vec![row(0), row(1)])
}

fn of_key(state: &State, key: i8) -> State {
    let pairs = state.rows[0].chunks(2).filter(|pair| pair[0] == key);
    State::new(vec![pairs.flatten().copied().collect(), Vec::new()])
}

fn place(row: &[i8], key: i8) -> Option<usize> {
    row.chunks(2)
        .position(|pair| pair[0] == key)
        .map(|at| 2 * at)
}

fn put(row: &mut Vec<i8>, key: i8, value: i8) {
    match place(row, key) {
        Some(at) => row[at + 1] = value,
        None => row.extend([key, value]),
    }
}

fn get(state: &mut State, at: &At<'_>) -> Answer {
    let row = &state.rows[0];
    Answer::of(place(row, at.args[0]).map(|place| row[place + 1]))
}

fn contains(state: &mut State, at: &At<'_>) -> Answer {
    Answer::Bool(place(&state.rows[0], at.args[0]).is_some())
}

fn insert(state: &mut State, at: &At<'_>) -> Answer {
    put(&mut state.rows[0], at.args[0], at.args[1]);
    Answer::Done
}

fn insert_y(state: &mut State, at: &At<'_>) -> Answer {
    put(&mut state.rows[1], at.args[0], at.args[1]);
    Answer::Done
}

fn setdefault(state: &mut State, at: &At<'_>) -> Answer {
    match get(state, at) {
        Answer::Nothing => {
            insert(state, at);
            Answer::Number(at.args[1])
        }
        found => found,
    }
}

fn pop(state: &mut State, at: &At<'_>) -> Answer {
    let row = &mut state.rows[0];
    let Some(place) = place(row, at.args[0]) else {
        return Answer::Nothing;
    };
    row.remove(place);
    Answer::Number(row.remove(place))
}

fn delete(state: &mut State, at: &At<'_>) -> Answer {
    match pop(state, at) {
        Answer::Nothing => KEY,
        _ => Answer::Done,
    }
}

fn popitem(state: &mut State, _: &At<'_>) -> Answer {
    let row = &mut state.rows[0];
    match row.len().checked_sub(2) {
        Some(last) => Answer::Numbers(row.split_off(last)),
        None => KEY,
    }
}

fn clear(state: &mut State, _: &At<'_>) -> Answer {
    state.rows[0].clear();
    Answer::Done
}

fn entries(state: &mut State, _: &At<'_>) -> Answer {
    Answer::Numbers(state.rows[0].clone())
}

fn len(state: &mut State, _: &At<'_>) -> Answer {
    Answer::Number((state.rows[0].len() / 2) as i8)
}

/// Pair by pair for who looks without the lock; the frame counts them.
fn update(state: &State, frame: &Frame, _: &At<'_>) -> Vec<Next> {
    let mut state = state.clone();
    if frame.is_empty() && state.moving.is_some() {
        return Vec::new();
    }
    let done = frame.first().copied().unwrap_or_default();
    let pair = state.rows[1].chunks(2).nth(done as usize);
    let pair = pair.map(|pair| (pair[0], pair[1]));
    if let Some((key, value)) = pair {
        put(&mut state.rows[0], key, value);
    }
    vec![state.further(pair.map(|_| vec![done + 1]))]
}

fn union(state: &mut State, _: &At<'_>) -> Answer {
    let mut row = state.rows[0].clone();
    for pair in state.rows[1].chunks(2) {
        put(&mut row, pair[0], pair[1]);
    }
    Answer::Numbers(row)
}

fn equal(state: &mut State, _: &At<'_>) -> Answer {
    let (left, right) = (&state.rows[0], &state.rows[1]);
    let same = |pair: &[i8]| place(right, pair[0]).is_some_and(|at| right[at + 1] == pair[1]);
    Answer::Bool(left.len() == right.len() && left.chunks(2).all(same))
}
