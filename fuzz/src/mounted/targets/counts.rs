//! References to objects that move between threads: strong ones in cells, weak ones beside them.

use std::ptr::NonNull;

use super::rt::objects::cell::{self, Cell};
use super::rt::objects::float::Float;
use super::rt::objects::no_code::NoCode;
use super::rt::objects::weakref::{self, WeakRef};
use super::rt::objects::{Header, Kind, Object, Tag, Value, alloc_value};
use super::rt::protocols::thread_state::ThreadState;
use super::rt::protocols::weakref::WeakSlot;
use super::values::{self, made, number};
use super::{
    Answer, Arg, At, Cast, Frame, Model, Next, Operation, Player, Row, State, Target, object, op,
};

/// The rows: the numbers in three cells, 0 for nothing, and the number of what two weak references lead to. Each object
/// has an identity of its own, which is hidden: those of the cells, those of the referents, and the next one.
pub(super) static TARGET: Target = Target {
    name: "counts",
    question: "Does an object live for as long as somebody refers to it, and no longer?",
    types: &[],
    start: &[Row::Fixed(&[1, 2, 0])],
    threads: 4,
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
        "",
        "x[{0}].number",
        &[Arg::Below(3)],
        4,
        Model::One(get),
        |p, a| {
            let found = cell::get(p.ts, cell(p, a[0]));
            found.map_or(Answer::Nothing, |found| Answer::Number(seen(p.ts, found)))
        },
    ),
    op(
        "put",
        "",
        "x[{0}] = new({1})",
        &[Arg::Below(3), Arg::Value],
        3,
        Model::One(put),
        |p, a| {
            cell::set(p.ts, cell(p, a[0]), Some(thing(p.ts, a[1])));
            Answer::Done
        },
    ),
    op(
        "drop",
        "",
        "del x[{0}]",
        &[Arg::Below(3)],
        3,
        Model::One(put),
        |p, a| {
            cell::set(p.ts, cell(p, a[0]), None);
            Answer::Done
        },
    ),
    op(
        "copy",
        "",
        "x[{1}] = x[{0}]",
        &[Arg::Below(3), Arg::Below(3)],
        2,
        Model::Steps(copy),
        |p, a| {
            let found = cell::get(p.ts, cell(p, a[0]));
            cell::set(p.ts, cell(p, a[1]), found);
            Answer::Done
        },
    ),
    op(
        "weak",
        "",
        "w = ref(x[{0}]); w() is x[{0}]; del w",
        &[Arg::Below(3)],
        2,
        Model::One(get),
        |p, a| {
            let Some(found) = cell::get(p.ts, cell(p, a[0])) else {
                return Answer::Nothing;
            };
            let reference = weakref::new(p.ts, found, &of(&found).weak, None);
            let led = led_to(p.ts, reference);
            let right = led == number_of(found);
            values::drop_ref(p.ts, reference);
            let answer = seen(p.ts, found);
            Answer::Number(if right { answer } else { -1 })
        },
    ),
    op(
        "late",
        "",
        "w = ref(x[{0}]); w()",
        &[Arg::Below(3)],
        2,
        Model::Steps(late),
        |p, a| {
            let Some(found) = cell::get(p.ts, cell(p, a[0])) else {
                return Answer::Nothing;
            };
            let reference = weakref::new(p.ts, found, &of(&found).weak, None);
            let wanted = seen(p.ts, found);
            let led = led_to(p.ts, reference);
            values::drop_ref(p.ts, reference);
            Answer::Bool(led == 0 || led == wanted)
        },
    ),
    op(
        "renew",
        "",
        "y = f[0] + {0}",
        &[Arg::Value],
        2,
        Model::Aside(renew),
        |p, a| {
            let Some(found) = cell::get(p.ts, object(p.cast, 3)) else {
                return Answer::Bool(false);
            };
            let before = number(found);
            let float: &Float = found.downcast().expect("a float");
            let renewed = float.renew(p.ts, f64::from(before) + f64::from(a[0]));
            let after = number(found);
            values::drop_ref(p.ts, found);
            Answer::Bool(before >= 1 && (renewed || after == before))
        },
    ),
    op(
        "fresh",
        "",
        "f[0] = 1.0",
        &[],
        1,
        Model::Aside(fresh),
        |p, _| {
            cell::set(p.ts, object(p.cast, 3), Some(made(p.ts, 1)));
            Answer::Done
        },
    ),
];

/// An object with a number that can have weak references.
#[repr(C)]
struct Thing {
    header: Header,
    weak: WeakSlot,
    number: i8,
}

// SAFETY: `repr(C)`, header first.
unsafe impl Object for Thing {
    const KIND: &'static Kind = &Kind {
        release: Some(release),
        ..Kind::leaf("thing", Tag::Other)
    };
}

unsafe fn release(ts: &ThreadState, object: NonNull<Header>) {
    // SAFETY: the object is dead, by the caller's clause.
    let thing = unsafe { object.cast::<Thing>().as_ref() };
    for due in weakref::end(ts, &thing.weak) {
        due.drop(ts);
    }
}

fn thing(ts: &ThreadState, number: i8) -> Value {
    let header = Header::new(ts, Thing::KIND);
    let weak = WeakSlot::new();
    alloc_value(
        ts,
        Thing {
            header,
            weak,
            number,
        },
    )
}

fn of(value: &Value) -> &Thing {
    value.downcast().expect("a thing")
}

fn number_of(value: Value) -> i8 {
    of(&value).number
}

/// The number of a thing, whose reference is given back.
fn seen(ts: &ThreadState, value: Value) -> i8 {
    let number = number_of(value);
    values::drop_ref(ts, value);
    number
}

/// The number of what a weak reference leads to; 0 when it is dead.
fn led_to(ts: &ThreadState, reference: Value) -> i8 {
    let reference: &WeakRef = reference.downcast().expect("a weak reference");
    weakref::get(ts, reference).map_or(0, |found| seen(ts, found))
}

fn cell<'a>(player: &'a Player<'_>, at: i8) -> &'a Cell {
    object(player.cast, usize::from(at.unsigned_abs()))
}

fn build(ts: &ThreadState, state: &State) -> Cast {
    let full = |number: &i8| (*number > 0).then(|| thing(ts, *number));
    let cells = state.rows[0]
        .iter()
        .map(|number| cell::new(ts, full(number)));
    let mut cells: Vec<Value> = cells.collect();
    cells.push(cell::new(ts, Some(made(ts, 1))));
    Cast::of(cells)
}

fn read(ts: &ThreadState, cast: &Cast) -> State {
    let row = (0..3).map(|at| cell::get(ts, object(cast, at)).map_or(0, |found| seen(ts, found)));
    State::new(vec![row.collect()])
}

fn place(at: i8) -> usize {
    usize::from(at.unsigned_abs())
}

fn get(state: &mut State, at: &At<'_>) -> Answer {
    match state.rows[0][place(at.args[0])] {
        0 => Answer::Nothing,
        number => Answer::Number(number),
    }
}

fn put(state: &mut State, at: &At<'_>) -> Answer {
    state.rows[0][place(at.args[0])] = at.args.get(1).copied().unwrap_or(0);
    Answer::Done
}

/// Takes, and puts: the frame is what was taken.
fn copy(state: &State, frame: &Frame, at: &At<'_>) -> Vec<Next> {
    let mut state = state.clone();
    let answer = frame.first().map(|taken| {
        state.rows[0][place(at.args[1])] = *taken;
        Answer::Done
    });
    vec![Next {
        frame: vec![state.rows[0][place(at.args[0])]],
        state,
        answer,
    }]
}

/// What it leads to is what was there, or dead.
fn late(state: &State, _: &Frame, at: &At<'_>) -> Vec<Next> {
    let answer = match state.rows[0][place(at.args[0])] {
        0 => Answer::Nothing,
        _ => Answer::Bool(true),
    };
    vec![Next {
        state: state.clone(),
        frame: Frame::new(),
        answer: Some(answer),
    }]
}

fn renew(_: &mut State, _: &At<'_>) -> Answer {
    Answer::Bool(true)
}

fn fresh(_: &mut State, _: &At<'_>) -> Answer {
    Answer::Done
}
