//! Dicts: two of them, since some operations take two. A row is key, value, key, value.

mod model;

use super::rt::objects::Value;
use super::rt::objects::dict::{self, Dict};
use super::rt::objects::no_code::NoCode;
use super::rt::protocols::thread_state::ThreadState;
use super::values::{self, by_key, key, made, number};
use super::{
    ALONE, Answer, Arg, Cast, KEY, Model, Operation, Player, Row, State, Target, object, op,
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
    project: Some(model::of_key),
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
        Model::Aside(model::get),
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
        Model::Aside(model::contains),
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
        Model::Moves(model::insert),
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
        Model::One(model::insert_y),
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
        Model::Moves(model::setdefault),
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
        Model::Moves(model::pop),
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
        Model::Moves(model::delete),
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
        Model::Moves(model::popitem),
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
        Model::Moves(model::clear),
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
        Model::One(model::entries),
        |p, _| given(p.ts, dict::copy(p.ts, x(p))),
    ),
    op(
        "entries",
        "__repr__",
        "list(x.items())",
        &[],
        1,
        Model::One(model::entries),
        |p, _| Answer::Numbers(taken(p.ts, dict::entries(p.ts, x(p)))),
    ),
    op(
        "get-two",
        "get __getitem__",
        "x.get({0}), x.get({1})",
        &[Arg::Key, Arg::Key],
        2,
        Model::Steps(model::get_two),
        |p, a| {
            let number = |number| {
                by_key(p.ts, number, |key| {
                    let found = dict::get(p.ts, x(p), key).expect(HASH);
                    found.map_or(0, |found| values::take(p.ts, found))
                })
            };
            Answer::Numbers(vec![number(a[0]), number(a[1])])
        },
    ),
    op(
        "room",
        "",
        "y has room for what it had room for",
        &[],
        1,
        Model::Aside(model::yes),
        |p, _| Answer::Bool(dict::room(p.ts, y(p)) >= *p.cast.part()),
    ),
    op(
        "len",
        "__len__",
        "len(x)",
        &[],
        1,
        Model::Looks(model::len),
        |p, _| Answer::Number(x(p).len() as i8),
    ),
    op(
        "update",
        "update __ior__",
        "x.update(y)",
        &[],
        1,
        Model::Steps(model::update),
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
        Model::One(model::union),
        |p, _| given(p.ts, dict::union(p.ts, x(p), y(p)).expect(HASH)),
    ),
    op(
        "equal",
        "__eq__ __ne__",
        "x == y",
        &[],
        1,
        Model::One(model::equal),
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
    let dicts: Vec<Value> = state.rows.iter().map(row).collect();
    let room: usize = dict::room(ts, dicts[1].downcast().expect("a dict"));
    Cast::with(dicts, room)
}

fn read(ts: &ThreadState, cast: &Cast) -> State {
    let row = |at| taken(ts, dict::entries(ts, object(cast, at)));
    State::new(vec![row(0), row(1)])
}
