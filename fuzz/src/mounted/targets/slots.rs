//! The values of an object's slots, which are put in, read and deleted.

use std::ptr::NonNull;

use super::rt::objects::lazy::Lazy;
use super::rt::objects::no_code::NoCode;
use super::rt::objects::{Header, Kind, Object, Tag, Value, alloc_value};
use super::rt::protocols::thread_state::ThreadState;
use super::values::{self, made, readable};
use super::{Answer, Arg, At, Cast, Model, Operation, Player, Row, State, Target, object, op};

/// The row is the numbers in two slots, 0 for nothing.
pub(super) static TARGET: Target = Target {
    name: "slots",
    question: "Is each access to a slot one step, and is each value given back once?",
    types: &[],
    start: &[Row::Fixed(&[1, 0])],
    threads: 3,
    operations: OPERATIONS,
    excepted: &[],
    close: None,
    project: None,
    hooks: &NoCode,
    build,
    read,
};

const ONE: Arg = Arg::Below(2);

const OPERATIONS: &[Operation] = &[
    op(
        "get",
        "__get__",
        "x.s{0}",
        &[ONE],
        4,
        Model::One(get),
        |p, a| {
            let x = x(p);
            values::answer(p.ts, x.slots[at(a[0])].get(p.ts, &x.header))
        },
    ),
    op(
        "set",
        "__set__",
        "x.s{0} = {1}",
        &[ONE, Arg::Value],
        3,
        Model::One(set),
        |p, a| {
            let (x, value) = (x(p), readable(made(p.ts, a[1])));
            Answer::Bool(x.slots[at(a[0])].replace(p.ts, &x.header, Some(value)))
        },
    ),
    op(
        "delete",
        "__delete__",
        "del x.s{0}",
        &[ONE],
        3,
        Model::One(delete),
        |p, a| {
            let x = x(p);
            Answer::Bool(x.slots[at(a[0])].replace(p.ts, &x.header, None))
        },
    ),
];

/// An object with slots.
#[repr(C)]
struct Slotted {
    header: Header,
    slots: [Lazy; 2],
}

// SAFETY: `repr(C)`, header first.
unsafe impl Object for Slotted {
    const KIND: &'static Kind = &Kind {
        traverse: Some(traverse),
        ..Kind::leaf("slotted", Tag::Other)
    };
}

unsafe fn traverse(object: NonNull<Header>, visit: &mut dyn FnMut(Value)) {
    // SAFETY: the caller's clause.
    let slotted = unsafe { object.cast::<Slotted>().as_ref() };
    slotted.slots.iter().for_each(|slot| slot.show(visit));
}

fn x<'a>(player: &'a Player<'_>) -> &'a Slotted {
    object(player.cast, 0)
}

fn build(ts: &ThreadState, state: &State) -> Cast {
    let header = Header::new(ts, Slotted::KIND);
    let slots = ["s0", "s1"].map(Lazy::new);
    let value = alloc_value(ts, Slotted { header, slots });
    let x: &Slotted = value.downcast().expect("what was made");
    for (slot, &number) in x.slots.iter().zip(&state.rows[0]) {
        let number = (number > 0).then(|| readable(made(ts, number)));
        slot.replace(ts, &x.header, number);
    }
    Cast::of(vec![value])
}

fn read(ts: &ThreadState, cast: &Cast) -> State {
    let x: &Slotted = object(cast, 0);
    let number = |slot: &Lazy| {
        let found = slot.get(ts, &x.header);
        found.map_or(0, |found| values::take(ts, found))
    };
    State::new(vec![x.slots.iter().map(number).collect()])
}

fn at(number: i8) -> usize {
    usize::from(number.unsigned_abs())
}

fn get(state: &mut State, a: &At<'_>) -> Answer {
    let number = state.rows[0][at(a.args[0])];
    Answer::of((number > 0).then_some(number))
}

/// Says whether there was a value.
fn set(state: &mut State, a: &At<'_>) -> Answer {
    let old = std::mem::replace(&mut state.rows[0][at(a.args[0])], a.args[1]);
    Answer::Bool(old > 0)
}

fn delete(state: &mut State, a: &At<'_>) -> Answer {
    let old = std::mem::take(&mut state.rows[0][at(a.args[0])]);
    Answer::Bool(old > 0)
}
