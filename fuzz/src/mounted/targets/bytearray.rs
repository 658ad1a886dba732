//! Bytearrays, and views of them.

use super::rt::objects::bytearray::{self, Bytearray, Exported};
use super::rt::objects::no_code::NoCode;
use super::rt::protocols::thread_state::ThreadState;
use super::values::place;
use super::{
    ALONE, Answer, Arg, At, Cast, Frame, INDEX, Model, Next, Operation, Player, Row, State, Target,
    VALUE, object, op,
};

pub(super) static TARGET: Target = Target {
    name: "bytearray",
    question: "Is each operation of a bytearray one step, and does a view keep the length that it needs?",
    types: &["builtins.bytearray"],
    start: &[Row::Values(6)],
    threads: 4,
    operations: OPERATIONS,
    excepted: &[
        ("__new__ fromhex maketrans", ALONE),
        (
            "__init__ insert remove reverse __iadd__ __imul__",
            "above the objects: a closure under `resize` or `write`, which are drawn",
        ),
        (
            "__alloc__ __mul__ __rmul__ __add__ __radd__ __eq__ __ne__ __lt__ __le__ __gt__ __ge__ join",
            READS,
        ),
        (
            "__contains__ count find index rfind rindex startswith endswith __repr__ __str__ decode hex",
            READS,
        ),
        (
            "capitalize expandtabs lower swapcase title upper zfill isalnum isalpha isascii isdigit islower",
            READS,
        ),
        (
            "isspace istitle isupper splitlines center ljust rjust lstrip rstrip strip partition rpartition",
            READS,
        ),
        (
            "removeprefix removesuffix replace split rsplit translate __mod__ __rmod__",
            READS,
        ),
        ("__iter__", "one `__getitem__` for each byte"),
        (
            "__release_buffer__",
            "the end of a view, which `__buffer__` draws",
        ),
    ],
    close: None,
    project: None,
    hooks: &NoCode,
    build,
    read,
};

/// Why a method is not drawn.
const READS: &str = "above the objects: works on what one `read` gives, which is drawn";

const OPERATIONS: &[Operation] = &[
    op(
        "append",
        "append",
        "x.append({0})",
        &[Arg::Value],
        3,
        Model::One(append),
        |p, a| done(bytearray::append(p.ts, x(p), &[byte(a[0])])),
    ),
    op(
        "append-two",
        "extend",
        "x.extend([{0}, {1}])",
        &[Arg::Value, Arg::Value],
        1,
        Model::One(append),
        |p, a| done(bytearray::append(p.ts, x(p), &[byte(a[0]), byte(a[1])])),
    ),
    op(
        "pop",
        "pop",
        "x.pop()",
        &[],
        2,
        Model::One(pop),
        |p, _| match bytearray::resize(p.ts, x(p), Vec::pop) {
            Ok(byte) => byte.map_or(INDEX, |byte| Answer::Number(byte as i8)),
            Err(Exported) => BUFFER,
        },
    ),
    op(
        "cut",
        "__delitem__",
        "del x[{0}:]",
        &[Arg::Below(4)],
        1,
        Model::One(cut),
        |p, a| {
            done(bytearray::resize(p.ts, x(p), |bytes| {
                bytes.truncate(usize::from(byte(a[0])))
            }))
        },
    ),
    op(
        "clear",
        "clear",
        "x.clear()",
        &[],
        1,
        Model::One(clear),
        |p, _| done(bytearray::resize(p.ts, x(p), Vec::clear)),
    ),
    op(
        "set",
        "__setitem__",
        "x[{0}] = {1}",
        &[Arg::Index, Arg::Value],
        2,
        Model::One(set),
        |p, a| {
            bytearray::write(p.ts, x(p), |bytes| match place(a[0], bytes.len()) {
                Some(place) => {
                    bytes[place] = byte(a[1]);
                    Answer::Done
                }
                None => INDEX,
            })
        },
    ),
    op(
        "get",
        "__getitem__",
        "x[{0}]",
        &[Arg::Index],
        2,
        Model::One(get),
        |p, a| {
            bytearray::read(p.ts, x(p), |bytes| {
                place(a[0], bytes.len()).map_or(INDEX, |place| Answer::Number(bytes[place] as i8))
            })
        },
    ),
    op(
        "bytes",
        "copy",
        "bytes(x)",
        &[],
        2,
        Model::One(all),
        |p, _| Answer::Numbers(content(p.ts, x(p))),
    ),
    op(
        "len",
        "__len__",
        "len(x)",
        &[],
        1,
        Model::One(len),
        |p, _| Answer::Number(x(p).len() as i8),
    ),
    op(
        "view",
        "__buffer__",
        "with memoryview(x) as v: v.tolist()",
        &[],
        2,
        Model::Steps(view),
        |p, _| {
            let len = bytearray::export(p.ts, x(p));
            let seen = bytearray::read(p.ts, x(p), <[u8]>::len);
            bytearray::release(p.ts, x(p));
            Answer::Numbers(vec![len as i8, seen as i8])
        },
    ),
    op(
        "late-view",
        "__buffer__",
        "v = memoryview(x); v.release(); v.tolist()",
        &[],
        2,
        Model::Steps(late),
        |p, _| {
            let end = bytearray::export(p.ts, x(p));
            bytearray::release(p.ts, x(p));
            if bytearray::export_range(p.ts, x(p), end).is_none() {
                return VALUE;
            }
            let seen = bytearray::read(p.ts, x(p), <[u8]>::len);
            bytearray::release(p.ts, x(p));
            Answer::Bool(seen >= end)
        },
    ),
];

const BUFFER: Answer = Answer::Raised("BufferError");

fn x<'a>(player: &'a Player<'_>) -> &'a Bytearray {
    object(player.cast, 0)
}

fn byte(number: i8) -> u8 {
    number.unsigned_abs()
}

fn done(result: Result<(), Exported>) -> Answer {
    match result {
        Ok(()) => Answer::Done,
        Err(Exported) => BUFFER,
    }
}

fn content(ts: &ThreadState, array: &Bytearray) -> Vec<i8> {
    bytearray::read(ts, array, |bytes| {
        bytes.iter().map(|byte| *byte as i8).collect()
    })
}

fn build(ts: &ThreadState, state: &State) -> Cast {
    let bytes = state.rows[0].iter().map(|number| byte(*number)).collect();
    Cast::of(vec![bytearray::new(ts, bytes)])
}

fn read(ts: &ThreadState, cast: &Cast) -> State {
    State::new(vec![content(ts, object(cast, 0))])
}

/// Puts another row there, unless a view needs the length of the old one.
fn resized(state: &mut State, row: Vec<i8>, answer: Answer) -> Answer {
    if row.len() != state.rows[0].len() && exports(state) > 0 {
        return BUFFER;
    }
    state.rows[0] = row;
    answer
}

/// How many views there are, which is kept hidden.
fn exports(state: &State) -> i8 {
    state.hidden.first().map_or(0, |exports| exports[0])
}

fn append(state: &mut State, at: &At<'_>) -> Answer {
    let row = [state.rows[0].as_slice(), at.args].concat();
    resized(state, row, Answer::Done)
}

fn pop(state: &mut State, _: &At<'_>) -> Answer {
    let mut row = state.rows[0].clone();
    match row.pop() {
        Some(byte) => resized(state, row, Answer::Number(byte)),
        None => INDEX,
    }
}

fn cut(state: &mut State, at: &At<'_>) -> Answer {
    let mut row = state.rows[0].clone();
    row.truncate(usize::from(byte(at.args[0])));
    resized(state, row, Answer::Done)
}

fn clear(state: &mut State, _: &At<'_>) -> Answer {
    resized(state, Vec::new(), Answer::Done)
}

fn set(state: &mut State, at: &At<'_>) -> Answer {
    let row = &mut state.rows[0];
    let Some(place) = place(at.args[0], row.len()) else {
        return INDEX;
    };
    row[place] = at.args[1];
    Answer::Done
}

fn get(state: &mut State, at: &At<'_>) -> Answer {
    let row = &state.rows[0];
    place(at.args[0], row.len()).map_or(INDEX, |place| Answer::Number(row[place]))
}

fn all(state: &mut State, _: &At<'_>) -> Answer {
    Answer::Numbers(state.rows[0].clone())
}

fn len(state: &mut State, _: &At<'_>) -> Answer {
    Answer::Number(state.rows[0].len() as i8)
}

/// The state with so many views more.
fn exported(state: &State, more: i8) -> State {
    let mut state = state.clone();
    let exports = exports(&state) + more;
    state.hidden = if exports == 0 {
        Vec::new()
    } else {
        vec![vec![exports]]
    };
    state
}

/// Begins, looks, ends: the frame is what was seen.
fn view(state: &State, frame: &Frame, _: &At<'_>) -> Vec<Next> {
    let len = state.rows[0].len() as i8;
    let seen = [frame.as_slice(), &[len]].concat();
    vec![match frame.len() {
        0 => step(exported(state, 1), seen),
        1 => step(state.clone(), seen),
        _ => end(exported(state, -1), Answer::Numbers(frame.clone())),
    }]
}

/// Begins and ends; then, if the range is still there, begins again, looks and ends.
fn late(state: &State, frame: &Frame, _: &At<'_>) -> Vec<Next> {
    let len = state.rows[0].len() as i8;
    let seen = [frame.as_slice(), &[len]].concat();
    vec![match frame.len() {
        0 => step(exported(state, 1), seen),
        1 => step(exported(state, -1), seen),
        2 if len < frame[0] => end(state.clone(), VALUE),
        2 => step(exported(state, 1), seen),
        3 => step(state.clone(), seen),
        _ => end(exported(state, -1), Answer::Bool(frame[3] >= frame[0])),
    }]
}

fn step(state: State, frame: Frame) -> Next {
    Next {
        state,
        frame,
        answer: None,
    }
}

fn end(state: State, answer: Answer) -> Next {
    Next {
        state,
        frame: Frame::new(),
        answer: Some(answer),
    }
}
