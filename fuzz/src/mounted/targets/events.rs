//! The events of Python programs. Only the first thread lowers the flag, and it raises it at last, so that everybody who
//! waits goes on in the end.

use super::rt::objects::no_code::NoCode;
use super::rt::protocols::reset_event::{Looked, ResetEvent};
use super::rt::protocols::thread_state::ThreadState;
use super::rt::sync::cell::Cell;
use super::rt::sync::park::ParkingLot;
use super::{
    ALONE, Answer, At, Cast, Frame, Model, Next, Operation, Player, Row, State, Step, Target,
    TargetSpec, op,
};

/// The row is the flag, and the number that the first thread writes before it raises the flag for the last time.
pub(super) static TARGET: Target = Target {
    name: "events",
    question: "Does everybody who waits for an event go on when it is set, and see what was done before?",
    types: &["threading.Event"],
    start: &[Row::Fixed(&[0])],
    threads: 4,
    operations: OPERATIONS,
    excepted: &[
        ("__new__ __init__", ALONE),
        ("isSet __repr__", "show what `is_set` says"),
    ],
    close: Some(close),
    project: None,
    hooks: &NoCode,
    build,
    read,
};

const OPERATIONS: &[Operation] = &[
    op(
        "wait",
        "wait",
        "e.wait()",
        &[],
        4,
        Model::Steps(wait),
        |p, _| {
            let (event, lot) = (event(p), lot(p));
            if let Looked::Unset(seen) = event.look(lot)
                && p.thread > 0
            {
                let _ = p
                    .ts
                    .detached(|| event.wait(lot, seen, |gate, seen| gate.park(lot, seen, None)));
                return Answer::Bool(true);
            }
            Answer::Done
        },
    ),
    op("set", "set", "e.set()", &[], 2, Model::One(set), |p, _| {
        event(p).set(lot(p));
        Answer::Done
    }),
    op(
        "clear",
        "clear",
        "e.clear()",
        &[],
        2,
        Model::One(clear),
        |p, _| {
            if p.thread == 0 {
                event(p).clear(lot(p));
            }
            Answer::Done
        },
    ),
    op(
        "is-set",
        "is_set",
        "e.is_set()",
        &[],
        1,
        Model::One(is_set),
        |p, _| Answer::Bool(matches!(event(p).look(lot(p)), Looked::Set)),
    ),
    op(
        "carry",
        "wait set",
        "n = 1 and e.set(); e.wait() and n",
        &[],
        3,
        Model::Steps(carry),
        |p, _| {
            let all: &All = p.cast.part();
            if p.thread == 0 {
                all.plain.with_mut(|number| {
                    // SAFETY: that nobody looks yet is what the target asks.
                    unsafe { *number = 1 }
                });
                all.written.set(lot(p));
                return Answer::Done;
            }
            if let Looked::Unset(seen) = all.written.look(lot(p)) {
                let sleep = || {
                    all.written
                        .wait(lot(p), seen, |gate, seen| gate.park(lot(p), seen, None))
                };
                let _ = p.ts.detached(sleep);
            }
            // SAFETY: that nobody writes any more is what the target asks.
            Answer::Number(all.plain.with(|number| unsafe { *number }))
        },
    ),
];

/// What the threads share.
struct All {
    event: ResetEvent,
    /// Says that the number was written.
    written: ResetEvent,
    plain: Cell<i8>,
}

fn event<'a>(player: &'a Player<'_>) -> &'a ResetEvent {
    &player.cast.part::<All>().event
}

fn lot<'a>(player: &'a Player<'_>) -> &'a ParkingLot {
    &player.ts.runtime().parking.lot
}

/// The first thread carries once, before the others can miss it, and raises the flag at the end.
fn close(target: &TargetSpec, threads: &mut [Vec<Step>]) {
    let step = |name| Step {
        operation: target.operation(name).expect("an operation"),
        args: Vec::new(),
    };
    let (carry, set) = (step("carry"), step("set"));
    let carried = threads.iter().flatten().any(|step| *step == carry);
    let first = &mut threads[0];
    first.retain(|step| *step != carry);
    while first.last() == Some(&set) {
        first.pop();
    }
    first.extend(carried.then_some(carry));
    first.push(set);
}

fn build(_: &ThreadState, _: &State) -> Cast {
    let all = All {
        event: ResetEvent::new(),
        written: ResetEvent::new(),
        plain: Cell::new("n", 0),
    };
    Cast::with(Vec::new(), all)
}

fn read(ts: &ThreadState, cast: &Cast) -> State {
    let event = &cast.part::<All>().event;
    let flag = matches!(event.look(&ts.runtime().parking.lot), Looked::Set);
    State::new(vec![vec![i8::from(flag)]])
}

/// How often the flag has risen, which is hidden, and whether the number was written.
fn hidden(state: &State) -> [i8; 2] {
    let at = |place: usize| state.hidden.first().map_or(0, |hidden| hidden[place]);
    [at(0), at(1)]
}

fn set(state: &mut State, _: &At<'_>) -> Answer {
    let [risen, written] = hidden(state);
    if state.rows[0][0] == 0 {
        state.hidden = vec![vec![risen + 1, written]];
    }
    state.rows[0][0] = 1;
    Answer::Done
}

fn clear(state: &mut State, at: &At<'_>) -> Answer {
    if at.thread == 0 {
        state.rows[0][0] = 0;
    }
    Answer::Done
}

fn is_set(state: &mut State, _: &At<'_>) -> Answer {
    Answer::Bool(state.rows[0][0] == 1)
}

/// Looks; and, if the flag is down, sleeps until it has risen since. The frame is how often it had.
fn wait(state: &State, frame: &Frame, at: &At<'_>) -> Vec<Next> {
    let [risen, _] = hidden(state);
    let flag = state.rows[0][0] == 1;
    let (frame, answer) = match frame.first() {
        None if flag || at.thread == 0 => (Frame::new(), Some(Answer::Done)),
        None => (vec![risen], None),
        Some(seen) if *seen == risen => return Vec::new(),
        Some(_) => (Frame::new(), Some(Answer::Bool(true))),
    };
    vec![Next {
        state: state.clone(),
        frame,
        answer,
    }]
}

fn carry(state: &State, _: &Frame, at: &At<'_>) -> Vec<Next> {
    let [risen, written] = hidden(state);
    let mut state = state.clone();
    let answer = match at.thread {
        0 => {
            state.hidden = vec![vec![risen, 1]];
            Answer::Done
        }
        _ if written == 0 => return Vec::new(),
        _ => Answer::Number(1),
    };
    vec![Next {
        state,
        frame: Frame::new(),
        answer: Some(answer),
    }]
}
