//! The attributes of an instance: a dict that is made late and can be replaced. A row is name, value, name, value.

use std::ptr::NonNull;

use super::rt::objects::dict::{self, Dict};
use super::rt::objects::lazy::Lazy;
use super::rt::objects::no_code::NoCode;
use super::rt::objects::{Header, Kind, Object, Tag, Value, alloc_value, instance};
use super::rt::protocols::thread_state::ThreadState;
use super::values::{self, made, small};
use super::{
    Answer, Arg, At, Cast, Frame, Model, Next, Operation, Player, Row, State, Target, object, op,
};

pub(super) static TARGET: Target = Target {
    name: "attributes",
    question: "Is each access to an attribute one step, whoever makes or replaces the dict?",
    types: &[],
    start: &[Row::Pairs(3)],
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
        "get",
        "__getattribute__",
        "x.a{0}",
        &[Arg::Below(4)],
        3,
        Model::One(get),
        |p, a| {
            let x = x(p);
            let found = instance::get_attribute(p.ts, &x.header, &x.dict, small(a[0]));
            values::answer(p.ts, found.expect(HASH))
        },
    ),
    op(
        "get-held",
        "__getattribute__",
        "x.__dict__.get('a{0}')",
        &[Arg::Below(4)],
        2,
        Model::Steps(get_held),
        |p, a| {
            let x = x(p);
            let Some(dict) = instance::get(p.ts, &x.header, &x.dict) else {
                return Answer::Nothing;
            };
            let inside: &Dict = dict.downcast().expect("a dict");
            let found = dict::get(p.ts, inside, small(a[0])).expect(HASH);
            let answer = values::answer(p.ts, found);
            values::drop_ref(p.ts, dict);
            answer
        },
    ),
    op(
        "set",
        "__setattr__",
        "x.a{0} = {1}",
        &[Arg::Below(4), Arg::Value],
        3,
        Model::One(set),
        |p, a| {
            let (x, value) = (x(p), made(p.ts, a[1]));
            instance::set_attribute(p.ts, &x.header, &x.dict, small(a[0]), value).expect(HASH);
            Answer::Done
        },
    ),
    op(
        "replace",
        "__dict__",
        "x.__dict__ = {'a{0}': {1}}",
        &[Arg::Below(4), Arg::Value],
        1,
        Model::One(replace),
        |p, a| {
            let x = x(p);
            let dict = with(p.ts, &[a[0], a[1]]);
            instance::replace(p.ts, &x.header, &x.dict, Some(dict));
            Answer::Done
        },
    ),
    op(
        "forget",
        "__dict__",
        "x.__dict__ = {}",
        &[],
        1,
        Model::One(forget),
        |p, _| {
            let x = x(p);
            instance::replace(p.ts, &x.header, &x.dict, None);
            Answer::Done
        },
    ),
    op(
        "clear",
        "__dict__",
        "x.__dict__.clear()",
        &[],
        1,
        Model::Steps(clear),
        |p, _| {
            let x = x(p);
            let dict = instance::get_or_create(p.ts, &x.header, &x.dict);
            dict::clear(p.ts, dict.downcast().expect("a dict"));
            values::drop_ref(p.ts, dict);
            Answer::Done
        },
    ),
];

const HASH: &str = "numbers have hashes";

/// An object that can have attributes.
#[repr(C)]
struct Instance {
    header: Header,
    dict: Lazy,
}

// SAFETY: `repr(C)`, header first.
unsafe impl Object for Instance {
    const KIND: &'static Kind = &Kind {
        traverse: Some(traverse),
        ..Kind::leaf("instance", Tag::Other)
    };
}

unsafe fn traverse(object: NonNull<Header>, visit: &mut dyn FnMut(Value)) {
    // SAFETY: the caller's clause.
    unsafe { object.cast::<Instance>().as_ref() }
        .dict
        .show(visit);
}

fn x<'a>(player: &'a Player<'_>) -> &'a Instance {
    object(player.cast, 0)
}

/// A dict of these pairs.
fn with(ts: &ThreadState, row: &[i8]) -> Value {
    let dict = dict::new(ts);
    let inside: &Dict = dict.downcast().expect("a dict");
    for pair in row.chunks(2) {
        dict::insert(ts, inside, small(pair[0]), made(ts, pair[1])).expect(HASH);
    }
    dict
}

/// Without any attribute there is no dict yet.
fn build(ts: &ThreadState, state: &State) -> Cast {
    let header = Header::new(ts, Instance::KIND);
    let dict = instance::slot();
    let value = alloc_value(ts, Instance { header, dict });
    let x: &Instance = value.downcast().expect("what was made");
    for pair in state.rows[0].chunks(2) {
        let value = made(ts, pair[1]);
        instance::set_attribute(ts, &x.header, &x.dict, small(pair[0]), value).expect(HASH);
    }
    Cast::of(vec![value])
}

/// Sorted by name: threads that set different attributes have no order.
fn read(ts: &ThreadState, cast: &Cast) -> State {
    let x: &Instance = object(cast, 0);
    let mut row = Vec::new();
    for name in 0..4 {
        let found = instance::get_attribute(ts, &x.header, &x.dict, small(name)).expect(HASH);
        row.extend(
            found
                .map(|value| [name, values::take(ts, value)])
                .into_iter()
                .flatten(),
        );
    }
    State::new(vec![row])
}

fn place(row: &[i8], name: i8) -> Result<usize, usize> {
    let names: Vec<i8> = row.chunks(2).map(|pair| pair[0]).collect();
    names.binary_search(&name)
}

fn look(row: &[i8], name: i8) -> Answer {
    Answer::of(place(row, name).ok().map(|at| row[2 * at + 1]))
}

fn get(state: &mut State, at: &At<'_>) -> Answer {
    look(&state.rows[0], at.args[0])
}

fn set(state: &mut State, at: &At<'_>) -> Answer {
    let row = &mut state.rows[0];
    match place(row, at.args[0]) {
        Ok(found) => row[2 * found + 1] = at.args[1],
        Err(free) => {
            row.splice(2 * free..2 * free, [at.args[0], at.args[1]]);
        }
    }
    Answer::Done
}

/// A dict that is not the object's any more is kept hidden, for whoever holds it.
fn renewed(state: &mut State, row: Vec<i8>) -> Answer {
    let old = std::mem::replace(&mut state.rows[0], row);
    state.hidden.push(old);
    Answer::Done
}

fn replace(state: &mut State, at: &At<'_>) -> Answer {
    renewed(state, at.args.to_vec())
}

fn forget(state: &mut State, _: &At<'_>) -> Answer {
    renewed(state, Vec::new())
}

fn get_held(state: &State, frame: &Frame, at: &At<'_>) -> Vec<Next> {
    held(state, frame, |row| look(row, at.args[0]))
}

fn clear(state: &State, frame: &Frame, _: &At<'_>) -> Vec<Next> {
    held(state, frame, |row| {
        row.clear();
        Answer::Done
    })
}

/// Takes the dict, and then uses it, be it the object's by then or not; the frame says which it is.
fn held(state: &State, frame: &Frame, then: impl FnOnce(&mut Vec<i8>) -> Answer) -> Vec<Next> {
    let mut state = state.clone();
    let Some(&dict) = frame.first() else {
        let frame = vec![state.hidden.len() as i8];
        return vec![Next {
            state,
            frame,
            answer: None,
        }];
    };
    let row = match state.hidden.get_mut(dict as usize) {
        Some(old) => old,
        None => &mut state.rows[0],
    };
    let answer = then(row);
    vec![Next {
        state,
        frame: Frame::new(),
        answer: Some(answer),
    }]
}
