//! Lists: two of them, since some operations take two.

mod model;

use self::model::{LONGEST, index};
use super::rt::objects::list::{self, List};
use super::rt::objects::no_code::NoCode;
use super::rt::objects::{Value, try_new_ref};
use super::rt::protocols::thread_state::ThreadState;
use super::values::{self, made, readable};
use super::{
    ALONE, Answer, Arg, Cast, INDEX, Model, Operation, Player, Row, State, Target, VALUE, object,
    op,
};

pub(super) static TARGET: Target = Target {
    name: "list",
    question: "Is each operation of a list one step, as far as the documentation promises it?",
    types: &["builtins.list"],
    start: &[Row::Values(6), Row::Values(3)],
    threads: 4,
    operations: OPERATIONS,
    excepted: &[
        ("__new__ __init__ __class_getitem__", ALONE),
        (
            "__mul__ __rmul__ __eq__ __ne__ __lt__ __le__ __gt__ __ge__",
            COPIES,
        ),
        ("__iter__ __reversed__", "drawn by the target `iterators`"),
        ("__radd__", "the same as `__add__`, from the other side"),
    ],
    close: None,
    project: None,
    hooks: &NoCode,
    build,
    read,
};

const COPIES: &str = "a copy of the items, as `snapshot` takes it, and then work on the copy alone";

const OPERATIONS: &[Operation] = &[
    op(
        "get",
        "__getitem__",
        "x[{0}]",
        &[Arg::Index],
        4,
        Model::Looks(model::look),
        |p, a| values::answer(p.ts, list::get(p.ts, x(p), a[0].into())),
    ),
    op(
        "set",
        "__setitem__",
        "x[{0}] = {1}",
        &[Arg::Index, Arg::Value],
        2,
        Model::One(model::set),
        |p, a| {
            let value = item(p.ts, a[1]);
            match list::set(p.ts, x(p), a[0].into(), value) {
                Ok(()) => Answer::Done,
                Err(value) => {
                    values::drop_ref(p.ts, value);
                    INDEX
                }
            }
        },
    ),
    op(
        "append",
        "append",
        "x.append({0})",
        &[Arg::Value],
        3,
        Model::One(model::append),
        |p, a| {
            list::append(p.ts, x(p), item(p.ts, a[0]));
            Answer::Done
        },
    ),
    op(
        "append-y",
        "append",
        "y.append({0})",
        &[Arg::Value],
        1,
        Model::Aside(model::append_y),
        |p, a| {
            list::append(p.ts, y(p), item(p.ts, a[0]));
            Answer::Done
        },
    ),
    op(
        "insert",
        "insert",
        "x.insert({0}, {1})",
        &[Arg::Index, Arg::Value],
        1,
        Model::Moves(model::insert),
        |p, a| {
            list::insert(p.ts, x(p), a[0].into(), item(p.ts, a[1]));
            Answer::Done
        },
    ),
    op(
        "pop",
        "pop",
        "x.pop({0})",
        &[Arg::Index],
        3,
        Model::Moves(model::pop),
        |p, a| values::answer(p.ts, list::pop(p.ts, x(p), a[0].into())),
    ),
    op(
        "pop-last",
        "pop",
        "x.pop()",
        &[],
        2,
        Model::Moves(model::pop_last),
        |p, _| values::answer(p.ts, list::pop(p.ts, x(p), -1)),
    ),
    op(
        "hold-y",
        "__getitem__",
        "y[0], and once more without the lock",
        &[],
        1,
        Model::Aside(model::hold_y),
        |p, _| {
            let Some(item) = list::get(p.ts, y(p), 0) else {
                return Answer::Nothing;
            };
            values::drop_ref(p.ts, item);
            // Nobody takes anything out of this list.
            let taken = try_new_ref(p.ts, item);
            if taken {
                values::drop_ref(p.ts, item);
            }
            Answer::Bool(taken)
        },
    ),
    op(
        "delete",
        "__delitem__",
        "del x[{0}]",
        &[Arg::Index],
        1,
        Model::Moves(model::delete),
        |p, a| match list::delete(p.ts, x(p), a[0].into()) {
            true => Answer::Done,
            false => INDEX,
        },
    ),
    op(
        "widen",
        "__setitem__",
        "x[{0}:{0} + 1] = [{1}, {1}]",
        &[Arg::Below(4), Arg::Value],
        1,
        Model::One(model::widen),
        |p, a| {
            let at = index(a[0]);
            let twice = [item(p.ts, a[1]), item(p.ts, a[1])];
            list::replace(p.ts, x(p), |_| at..at + 1, &twice);
            Answer::Done
        },
    ),
    op(
        "cut",
        "__delitem__ __setitem__",
        "del x[-{0}:]",
        &[Arg::Below(4)],
        1,
        Model::Moves(model::cut),
        |p, a| {
            list::replace(p.ts, x(p), |len| len.saturating_sub(index(a[0]))..len, &[]);
            Answer::Done
        },
    ),
    op(
        "assign",
        "__setitem__",
        "x[:{0}] = y",
        &[Arg::Below(3)],
        1,
        Model::One(model::assign),
        |p, a| {
            let end = index(a[0]);
            list::rewrite_from(p.ts, x(p), y(p), |items, more| {
                items.splice(..end.min(items.len()), more).collect()
            });
            Answer::Done
        },
    ),
    op(
        "clear",
        "clear",
        "x.clear()",
        &[],
        1,
        Model::One(model::clear),
        |p, _| {
            list::clear(p.ts, x(p));
            Answer::Done
        },
    ),
    op(
        "reverse",
        "reverse",
        "x.reverse()",
        &[],
        1,
        Model::One(model::reverse),
        |p, _| {
            list::reverse(p.ts, x(p));
            Answer::Done
        },
    ),
    op(
        "repeat",
        "__imul__",
        "x *= {0}",
        &[Arg::Below(3)],
        1,
        Model::Moves(model::repeat),
        |p, a| {
            let _ = list::repeat(p.ts, x(p), index(a[0]), LONGEST);
            Answer::Done
        },
    ),
    op(
        "add",
        "__add__",
        "x + y",
        &[],
        1,
        Model::One(model::add),
        |p, _| {
            let sum = list::concat(p.ts, x(p), y(p));
            let items = sum.downcast::<List>().expect("a list");
            let answer = Answer::Numbers(values::take_all(p.ts, list::snapshot(p.ts, items)));
            values::drop_ref(p.ts, sum);
            answer
        },
    ),
    op(
        "extend",
        "extend __iadd__",
        "x.extend(y)",
        &[],
        1,
        Model::Moves(model::extend),
        |p, _| {
            list::extend_from(p.ts, x(p), y(p));
            Answer::Done
        },
    ),
    op(
        "extend-by-two",
        "extend",
        "x.extend(iter([{0}, {1}]))",
        &[Arg::Value, Arg::Value],
        1,
        Model::Steps(model::two),
        |p, a| {
            list::within(p.ts, x(p), || {
                list::append(p.ts, x(p), item(p.ts, a[0]));
                list::append(p.ts, x(p), item(p.ts, a[1]));
            });
            Answer::Done
        },
    ),
    op(
        "remove",
        "remove",
        "x.remove({0})",
        &[Arg::Item],
        2,
        Model::Moves(model::remove),
        |p, a| {
            let wanted = item(p.ts, a[0]);
            let found = list::remove_value(p.ts, x(p), wanted).expect("numbers compare");
            values::drop_ref(p.ts, wanted);
            if found { Answer::Done } else { VALUE }
        },
    ),
    op(
        "sort",
        "sort",
        "x.sort()",
        &[],
        1,
        Model::Empties(model::sort),
        |p, _| {
            list::arrange(p.ts, x(p), |items| {
                items.sort_by_key(|item| values::number(*item))
            });
            Answer::Done
        },
    ),
    op(
        "index",
        "index __contains__",
        "x.index({0})",
        &[Arg::Item],
        1,
        Model::Steps(model::find),
        |p, a| {
            let wanted = item(p.ts, a[0]);
            let found = list::index_of(p.ts, x(p), wanted).expect("numbers compare");
            values::drop_ref(p.ts, wanted);
            found.map_or(VALUE, |at| Answer::Number(at as i8))
        },
    ),
    op(
        "snapshot",
        "copy __repr__ count",
        "x.copy()",
        &[],
        1,
        Model::One(model::snapshot),
        |p, _| Answer::Numbers(values::take_all(p.ts, list::snapshot(p.ts, x(p)))),
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
];

fn x<'a>(player: &'a Player<'_>) -> &'a List {
    object(player.cast, 0)
}

fn y<'a>(player: &'a Player<'_>) -> &'a List {
    object(player.cast, 1)
}

/// Some lists are known to be shared from the start, and so are odd numbers: their first reader needs no lock.
fn build(ts: &ThreadState, state: &State) -> Cast {
    let row = |row: &Vec<i8>| {
        let items: Vec<Value> = row.iter().map(|number| item(ts, *number)).collect();
        let list = list::new(ts, &items);
        if row.len().is_multiple_of(3) {
            list.as_header().inspect(|header| header.mark_shared());
        }
        list
    };
    Cast::of(state.rows.iter().map(row).collect())
}

fn item(ts: &ThreadState, number: i8) -> Value {
    match number % 2 {
        0 => made(ts, number),
        _ => readable(made(ts, number)),
    }
}

fn read(ts: &ThreadState, cast: &Cast) -> State {
    let row = |at| values::take_all(ts, list::snapshot(ts, object(cast, at)));
    State::new(vec![row(0), row(1)])
}
