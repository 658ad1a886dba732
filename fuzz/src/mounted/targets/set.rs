//! Sets: two of them, since some operations take two. A row is sorted: a set promises no order.

use super::rt::objects::no_code::NoCode;
use super::rt::objects::set::{self, Set};
use super::rt::protocols::thread_state::ThreadState;
use super::values::{self, made};
use super::{
    ALONE, Answer, Arg, At, Cast, Frame, KEY, Model, Next, Operation, Player, Row, State, Target,
    op,
};

pub(super) static TARGET: Target = Target {
    name: "set",
    question: "Is each operation of a set one step, as far as the documentation promises it?",
    types: &["builtins.set"],
    start: &[Row::Keys(6), Row::Keys(3)],
    threads: 4,
    operations: OPERATIONS,
    excepted: &[
        ("__new__ __class_getitem__", ALONE),
        ("__init__", "`clear`, then `update`"),
        ("__iter__", "drawn by the target `iterators`"),
        (
            "intersection __and__ __rand__ difference __sub__ __rsub__ symmetric_difference __xor__ __rxor__ \
             __iand__ difference_update __isub__ symmetric_difference_update __ixor__ __ror__",
            "above the objects: made of `within`, `entries` and `replace`, which are drawn",
        ),
        (
            "__le__ __lt__ __ge__ __gt__ issuperset",
            "the same as `issubset`, from the other side or with the lengths",
        ),
    ],
    close: None,
    project: Some(of_key),
    hooks: &NoCode,
    build,
    read,
};

const OPERATIONS: &[Operation] = &[
    op(
        "contains",
        "__contains__",
        "{0} in x",
        &[Arg::Key],
        4,
        Model::Aside(contains),
        |p, a| {
            let key = made(p.ts, a[0]);
            let found = set::contains(p.ts, x(p), key).expect(HASH);
            values::drop_ref(p.ts, key);
            Answer::Bool(found)
        },
    )
    .of_key(),
    op(
        "add",
        "add",
        "x.add({0})",
        &[Arg::Key],
        3,
        Model::Moves(add),
        |p, a| {
            set::add(p.ts, x(p), made(p.ts, a[0])).expect(HASH);
            Answer::Done
        },
    )
    .of_key(),
    op(
        "add-y",
        "add",
        "y.add({0})",
        &[Arg::Key],
        1,
        Model::One(add_y),
        |p, a| {
            set::add(p.ts, y(p), made(p.ts, a[0])).expect(HASH);
            Answer::Done
        },
    ),
    op(
        "discard",
        "discard remove",
        "x.discard({0})",
        &[Arg::Key],
        2,
        Model::Moves(discard),
        |p, a| {
            let key = made(p.ts, a[0]);
            let found = set::discard(p.ts, x(p), key).expect(HASH);
            values::drop_ref(p.ts, key);
            Answer::Bool(found)
        },
    )
    .of_key(),
    op(
        "discard-y",
        "discard",
        "y.discard({0})",
        &[Arg::Key],
        1,
        Model::One(discard_y),
        |p, a| {
            let key = made(p.ts, a[0]);
            let found = set::discard(p.ts, y(p), key).expect(HASH);
            values::drop_ref(p.ts, key);
            Answer::Bool(found)
        },
    ),
    op(
        "pop",
        "pop",
        "x.pop()",
        &[],
        1,
        Model::Steps(pop),
        |p, _| set::pop(p.ts, x(p)).map_or(KEY, |key| Answer::Number(values::take(p.ts, key))),
    ),
    op(
        "clear",
        "clear",
        "x.clear()",
        &[],
        1,
        Model::Moves(clear),
        |p, _| {
            set::clear(p.ts, x(p));
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
        |p, _| {
            let made = set::copy(p.ts, x(p));
            let row = keys(p.ts, of(&made));
            values::drop_ref(p.ts, made);
            Answer::Numbers(row)
        },
    ),
    op(
        "entries",
        "__repr__",
        "sorted(x)",
        &[],
        1,
        Model::One(entries),
        |p, _| Answer::Numbers(keys(p.ts, x(p))),
    ),
    op(
        "len",
        "__len__",
        "len(x)",
        &[],
        1,
        Model::Looks(len),
        |p, _| Answer::Number(x(p).len() as i8),
    ),
    op(
        "update",
        "update __ior__ union __or__",
        "x.update(y)",
        &[],
        1,
        Model::Steps(update),
        |p, _| {
            set::update(p.ts, x(p), y(p)).expect(HASH);
            Answer::Done
        },
    ),
    op(
        "replace",
        "intersection_update",
        "x.replace(y.copy())",
        &[],
        1,
        Model::Steps(replace),
        |p, _| {
            let other = set::copy(p.ts, y(p));
            let row = keys(p.ts, of(&other));
            set::replace(p.ts, x(p), of(&other));
            values::drop_ref(p.ts, other);
            Answer::Numbers(row)
        },
    ),
    op(
        "subset",
        "issubset",
        "x <= y",
        &[],
        1,
        Model::One(subset),
        |p, _| Answer::Bool(set::is_subset(p.ts, x(p), y(p)).expect(HASH)),
    ),
    op(
        "equal",
        "__eq__ __ne__",
        "x == y",
        &[],
        1,
        Model::One(equal),
        |p, _| Answer::Bool(set::equal(p.ts, x(p), y(p)).expect(HASH)),
    ),
    op(
        "disjoint",
        "isdisjoint",
        "x.isdisjoint(y)",
        &[],
        1,
        Model::One(disjoint),
        |p, _| Answer::Bool(set::is_disjoint(p.ts, x(p), y(p)).expect(HASH)),
    ),
];

const HASH: &str = "numbers have hashes";

fn of(value: &super::Value) -> &Set {
    set::of(value).expect("a set")
}

fn x<'a>(player: &'a Player<'_>) -> &'a Set {
    of(&player.cast.objects[0])
}

fn y<'a>(player: &'a Player<'_>) -> &'a Set {
    of(&player.cast.objects[1])
}

fn keys(ts: &ThreadState, set: &Set) -> Vec<i8> {
    let mut row = values::take_all(ts, set::entries(ts, set));
    row.sort_unstable();
    row
}

fn build(ts: &ThreadState, state: &State) -> Cast {
    let row = |row: &Vec<i8>| {
        let value = set::new(ts);
        for &key in row {
            set::add(ts, of(&value), made(ts, key)).expect(HASH);
        }
        value
    };
    Cast::of(state.rows.iter().map(row).collect())
}

fn read(ts: &ThreadState, cast: &Cast) -> State {
    State::new(cast.objects.iter().map(|set| keys(ts, of(set))).collect())
}

fn of_key(state: &State, key: i8) -> State {
    let has = state.rows[0].contains(&key);
    State::new(vec![has.then_some(key).into_iter().collect(), Vec::new()])
}

fn put(row: &mut Vec<i8>, key: i8) {
    if let Err(at) = row.binary_search(&key) {
        row.insert(at, key);
    }
}

fn take_out(row: &mut Vec<i8>, key: i8) -> Answer {
    let found = row.binary_search(&key);
    Answer::Bool(found.map(|at| row.remove(at)).is_ok())
}

fn contains(state: &mut State, at: &At<'_>) -> Answer {
    Answer::Bool(state.rows[0].contains(&at.args[0]))
}

fn add(state: &mut State, at: &At<'_>) -> Answer {
    put(&mut state.rows[0], at.args[0]);
    Answer::Done
}

fn add_y(state: &mut State, at: &At<'_>) -> Answer {
    put(&mut state.rows[1], at.args[0]);
    Answer::Done
}

fn discard(state: &mut State, at: &At<'_>) -> Answer {
    take_out(&mut state.rows[0], at.args[0])
}

fn discard_y(state: &mut State, at: &At<'_>) -> Answer {
    take_out(&mut state.rows[1], at.args[0])
}

/// Any key may be the one, which the frame holds; then the number follows.
fn pop(state: &State, frame: &Frame, _: &At<'_>) -> Vec<Next> {
    let ended = |answer| Next {
        state: State {
            moving: None,
            ..state.clone()
        },
        frame: Frame::new(),
        answer: Some(answer),
    };
    let row = &state.rows[0];
    match frame.first() {
        Some(key) => vec![ended(Answer::Number(*key))],
        None if state.moving.is_some() => Vec::new(),
        None if row.is_empty() => vec![ended(KEY)],
        None => (0..row.len()).map(|at| taken_out(state, at)).collect(),
    }
}

fn taken_out(state: &State, at: usize) -> Next {
    let mut state = state.clone();
    let before = state.rows[0].clone();
    let key = state.rows[0].remove(at);
    state.further(before, Some(vec![key]))
}

fn clear(state: &mut State, _: &At<'_>) -> Answer {
    state.rows[0].clear();
    Answer::Done
}

fn entries(state: &mut State, _: &At<'_>) -> Answer {
    Answer::Numbers(state.rows[0].clone())
}

/// Without the lock: the number may lag behind the keys.
fn len(row: &[i8], _: &At<'_>) -> Answer {
    Answer::Number(row.len() as i8)
}

/// Key by key for who looks without the lock, in an order that is not known.
fn update(state: &State, frame: &Frame, _: &At<'_>) -> Vec<Next> {
    if frame.is_empty() && state.moving.is_some() {
        return Vec::new();
    }
    let missing = state.rows[1]
        .iter()
        .filter(|key| !state.rows[0].contains(key));
    let next = |&key: &i8| {
        let mut state = state.clone();
        let before = state.rows[0].clone();
        put(&mut state.rows[0], key);
        state.further(before, Some(vec![1]))
    };
    let nexts: Vec<Next> = missing.map(next).collect();
    match nexts.is_empty() {
        true => vec![state.clone().further(Vec::new(), None)],
        false => nexts,
    }
}

/// The copy of `y` first: the frame holds it, behind a mark.
fn replace(state: &State, frame: &Frame, _: &At<'_>) -> Vec<Next> {
    if state.moving.is_some() {
        return Vec::new();
    }
    let mut state = state.clone();
    let next = match frame.split_first() {
        None => Next {
            frame: [&[1], state.rows[1].as_slice()].concat(),
            state,
            answer: None,
        },
        Some((_, copied)) => {
            state.rows[0] = copied.to_vec();
            Next {
                state,
                frame: Frame::new(),
                answer: Some(Answer::Numbers(copied.to_vec())),
            }
        }
    };
    vec![next]
}

fn subset(state: &mut State, _: &At<'_>) -> Answer {
    Answer::Bool(state.rows[0].iter().all(|key| state.rows[1].contains(key)))
}

fn equal(state: &mut State, _: &At<'_>) -> Answer {
    Answer::Bool(state.rows[0] == state.rows[1])
}

fn disjoint(state: &mut State, _: &At<'_>) -> Answer {
    Answer::Bool(!state.rows[0].iter().any(|key| state.rows[1].contains(key)))
}
