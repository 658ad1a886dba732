//! The collector against threads that make, drop and read: cycles through lists, and a list that stays.

use super::rt::objects::list::{self, List};
use super::rt::objects::no_code::NoCode;
use super::rt::objects::{Value, gc, new_ref};
use super::rt::protocols::thread_state::ThreadState;
use super::values::{self, made};
use super::{
    Answer, Arg, At, Cast, Frame, Model, Next, Operation, Player, Row, State, Target, object, op,
};

/// The row is the list that stays.
pub(super) static TARGET: Target = Target {
    name: "collector",
    question: "Does a collection end what nobody can reach, and nothing else, whatever the threads do?",
    types: &[],
    start: &[Row::Values(3)],
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
        "collect",
        "",
        "gc.collect()",
        &[],
        4,
        Model::Aside(done),
        |p, _| {
            let _ = gc::collect(p.ts);
            Answer::Done
        },
    ),
    op(
        "cycle",
        "",
        "a = [{0}]; a.append(a); del a",
        &[Arg::Value],
        3,
        Model::Aside(done),
        |p, a| {
            let list = cycle(p.ts, a[0]);
            values::drop_ref(p.ts, list);
            Answer::Done
        },
    ),
    op(
        "kept-cycle",
        "",
        "a = [{0}]; a.append(a); len(a)",
        &[Arg::Value],
        2,
        Model::Aside(two),
        |p, a| {
            let list = cycle(p.ts, a[0]);
            super::super::body::pass(p.ts);
            let items = list::snapshot(p.ts, list.downcast().expect("a list"));
            let answer = Answer::Number(items.len() as i8);
            for item in items {
                values::drop_ref(p.ts, item);
            }
            values::drop_ref(p.ts, list);
            answer
        },
    ),
    op(
        "knot",
        "",
        "x.append([x]); x.pop()",
        &[],
        2,
        Model::Steps(knot),
        |p, _| {
            let inner = list::new(p.ts, &[new_ref(p.ts, p.cast.objects[0])]);
            list::append(p.ts, x(p), inner);
            let popped = list::pop(p.ts, x(p), -1);
            let found = popped.is_some();
            popped.inspect(|&popped| values::drop_ref(p.ts, popped));
            Answer::Bool(found)
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
            list::append(p.ts, x(p), made(p.ts, a[0]));
            Answer::Done
        },
    ),
    op(
        "items",
        "copy",
        "x.copy()",
        &[],
        2,
        Model::One(items),
        |p, _| Answer::Numbers(content(p.ts, x(p))),
    ),
    op(
        "nest",
        "append",
        "x.append([{0}])",
        &[Arg::Value],
        2,
        Model::One(nest),
        |p, a| {
            list::append(p.ts, x(p), list::new(p.ts, &[made(p.ts, a[0])]));
            Answer::Done
        },
    ),
    op("pop", "pop", "x.pop()", &[], 2, Model::One(pop), |p, _| {
        let popped = list::pop(p.ts, x(p), -1);
        Answer::of(popped.map(|popped| number(p.ts, popped)))
    }),
    op(
        "referents",
        "",
        "gc.get_referents(x)",
        &[],
        2,
        Model::One(items),
        |p, _| {
            let seen = gc::referents(p.ts, &[p.cast.objects[0]]);
            Answer::Numbers(seen.into_iter().map(|one| number(p.ts, one)).collect())
        },
    ),
    op(
        "freeze",
        "",
        "gc.freeze()",
        &[],
        1,
        Model::Aside(done),
        |p, _| {
            gc::freeze(p.ts, true);
            Answer::Done
        },
    ),
    op(
        "share",
        "",
        "x[0], counted by all",
        &[],
        2,
        Model::Aside(done),
        |p, _| {
            if let Some(found) = list::get(p.ts, x(p), 0) {
                let leaf = found.downcast::<List>().is_none();
                let _ = match leaf {
                    true => gc::defer_for_owner(p.ts, found),
                    false => gc::defer_count(p.ts, found),
                };
                values::drop_ref(p.ts, found);
            }
            Answer::Done
        },
    ),
    op(
        "outside",
        "",
        "time.sleep(0)",
        &[],
        1,
        Model::Aside(done),
        |p, _| {
            p.ts.detached(|| ());
            Answer::Done
        },
    ),
];

fn x<'a>(player: &'a Player<'_>) -> &'a List {
    object(player.cast, 0)
}

/// A list that holds itself.
fn cycle(ts: &ThreadState, number: i8) -> Value {
    let list = list::new(ts, &[made(ts, number)]);
    let inside: &List = list.downcast().expect("a list");
    list::append(ts, inside, new_ref(ts, list));
    list
}

/// The numbers; 0 for what is no number.
fn content(ts: &ThreadState, list: &List) -> Vec<i8> {
    let items = list::snapshot(ts, list).into_iter();
    items.map(|item| number(ts, item)).collect()
}

fn number(ts: &ThreadState, item: Value) -> i8 {
    match item.downcast::<List>() {
        Some(_) => {
            values::drop_ref(ts, item);
            0
        }
        None => values::take(ts, item),
    }
}

fn build(ts: &ThreadState, state: &State) -> Cast {
    Cast::of(vec![list::new(ts, &values::all_made(ts, &state.rows[0]))])
}

/// What would be left is ended: the list may hold itself by another one.
fn read(ts: &ThreadState, cast: &Cast) -> State {
    let row = content(ts, object(cast, 0));
    list::clear(ts, object(cast, 0));
    gc::freeze(ts, false);
    let _ = gc::collect(ts);
    State::new(vec![row])
}

fn done(_: &mut State, _: &At<'_>) -> Answer {
    Answer::Done
}

fn two(_: &mut State, _: &At<'_>) -> Answer {
    Answer::Number(2)
}

fn append(state: &mut State, at: &At<'_>) -> Answer {
    state.rows[0].push(at.args[0]);
    Answer::Done
}

fn nest(state: &mut State, _: &At<'_>) -> Answer {
    state.rows[0].push(0);
    Answer::Done
}

fn pop(state: &mut State, _: &At<'_>) -> Answer {
    Answer::of(state.rows[0].pop())
}

fn items(state: &mut State, _: &At<'_>) -> Answer {
    Answer::Numbers(state.rows[0].clone())
}

/// Puts a list in, and takes the last item out, whatever it is.
fn knot(state: &State, frame: &Frame, _: &At<'_>) -> Vec<Next> {
    let mut state = state.clone();
    let answer = match frame.is_empty() {
        true => {
            state.rows[0].push(0);
            None
        }
        false => Some(Answer::Bool(state.rows[0].pop().is_some())),
    };
    vec![Next {
        state,
        frame: vec![1],
        answer,
    }]
}
