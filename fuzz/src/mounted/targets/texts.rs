//! Interned strings, and the places of the characters of a long text.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use super::rt::objects::Value;
use super::rt::objects::interned::Interned;
use super::rt::objects::no_code::NoCode;
use super::rt::objects::str::places::STRIDE;
use super::rt::objects::str::{self, Str};
use super::rt::protocols::thread_state::ThreadState;
use super::{Answer, Arg, At, Cast, Model, Operation, Row, State, Target, object, op};

/// The row is nothing: strings do not change.
pub(super) static TARGET: Target = Target {
    name: "texts",
    question: "Is there one string for a text that is interned, and is each character where it is looked for?",
    types: &[],
    start: &[Row::Fixed(&[])],
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
        "intern",
        "intern",
        "sys.intern('text{0}')",
        &[Arg::Below(2)],
        3,
        Model::Aside(yes),
        |p, a| {
            let all: &All = p.cast.part();
            let string = all
                .interned
                .get(p.ts, TEXTS[usize::from(a[0].unsigned_abs())]);
            let immortal = string
                .as_header()
                .is_some_and(|header| header.count.snapshot().is_immortal());
            let mut seen = all.seen.lock().unwrap_or_else(PoisonError::into_inner);
            seen.push((a[0], string));
            let one = seen
                .iter()
                .all(|(text, other)| *text != a[0] || *other == string);
            Answer::Bool(immortal && one)
        },
    ),
    op(
        "offset",
        "__getitem__",
        "long[{0} * stride]",
        &[Arg::Below(3)],
        2,
        Model::Aside(yes),
        |p, a| {
            let text: &Str = object(p.cast, 0);
            let at = usize::from(a[0].unsigned_abs()) * STRIDE;
            Answer::Bool(text.offset(p.ts, at) == 2 * at)
        },
    ),
];

const TEXTS: [&str; 2] = ["one text", "another text"];

/// The table of interned strings, and what came out of it.
struct All {
    interned: Interned,
    seen: Mutex<Vec<(i8, Value)>>,
}

fn build(ts: &ThreadState, _: &State) -> Cast {
    let long = str::new(ts, &"\u{e9}".repeat(2 * STRIDE + 1));
    let all = All {
        interned: Interned::new(),
        seen: Mutex::default(),
    };
    Cast::with(vec![long], all)
}

/// Frees the strings, which are immortal and would be left.
fn read(ts: &ThreadState, cast: &Cast) -> State {
    let all: &All = cast.part();
    let seen = all.seen.lock().unwrap_or_else(PoisonError::into_inner);
    let blocks: BTreeSet<_> = seen
        .iter()
        .filter_map(|(_, string)| string.header())
        .collect();
    for block in blocks {
        // SAFETY: the threads have done their work, and nobody uses the strings from here on.
        unsafe { ts.local().free(block.cast()) };
    }
    State::new(vec![Vec::new()])
}

fn yes(_: &mut State, _: &At<'_>) -> Answer {
    Answer::Bool(true)
}
