//! The locks of Python programs, a plain one and a recursive one, and the number that each protects.

use super::rt::objects::no_code::NoCode;
use super::rt::protocols::recursive_lock::RecursiveLock;
use super::rt::protocols::thread_lock::ThreadLock;
use super::rt::protocols::thread_state::ThreadState;
use super::rt::sync::park::ParkingLot;
use super::values::Plain;
use super::{
    ALONE, Answer, At, Cast, Frame, Model, Next, Operation, Player, Row, State, Target,
    WITHIN_PYTHON, op,
};

/// The rows are the two numbers; who has a lock is hidden.
pub(super) static TARGET: Target = Target {
    name: "locks",
    question: "Does a lock let one thread in at a time, and does everybody who waits come in?",
    types: &["_thread.lock", "_thread.RLock"],
    start: &[Row::Fixed(&[0]), Row::Fixed(&[0])],
    threads: 4,
    operations: OPERATIONS,
    excepted: &[
        ("__new__ __init__", ALONE),
        (
            "acquire_lock release_lock locked_lock __enter__ __exit__",
            "other names of the same",
        ),
        (
            "_release_save _acquire_restore _recursion_count",
            WITHIN_PYTHON,
        ),
        ("__repr__", "shows what `locked` and `_is_owned` say"),
    ],
    close: None,
    project: None,
    hooks: &NoCode,
    build,
    read,
};

const OPERATIONS: &[Operation] = &[
    op(
        "with",
        "acquire release",
        "with lock: n += 1",
        &[],
        4,
        Model::Steps(with),
        |p, _| {
            let (all, lot) = (all(p), lot(p));
            if !all.lock.take_or_announce(lot) {
                let _ =
                    p.ts.detached(|| all.lock.wait(lot, |gate, seen| gate.park(lot, seen, None)));
            }
            let number = all.plain.add();
            let freed = all.lock.release(lot);
            Answer::Numbers(vec![number, i8::from(freed)])
        },
    ),
    op(
        "try",
        "acquire release",
        "if lock.acquire(False): n += 1",
        &[],
        2,
        Model::Steps(attempt),
        |p, _| {
            let (all, lot) = (all(p), lot(p));
            if !all.lock.try_take(lot) {
                return Answer::Nothing;
            }
            let number = all.plain.add();
            let freed = all.lock.release(lot);
            Answer::Numbers(vec![number, i8::from(freed)])
        },
    ),
    op(
        "locked",
        "locked",
        "lock.locked()",
        &[],
        1,
        Model::Steps(locked),
        |p, _| Answer::Bool(all(p).lock.is_held(lot(p))),
    ),
    op(
        "with-again",
        "acquire release",
        "with rlock: with rlock: m += 1",
        &[],
        3,
        Model::Steps(again),
        |p, _| {
            let (all, lot, me) = (all(p), lot(p), me(p));
            if !all.recursive.take_or_announce(lot, me) {
                let _ = p.ts.detached(|| {
                    all.recursive
                        .wait(lot, me, |gate, seen| gate.park(lot, seen, None))
                });
            }
            let inner = all.recursive.try_take(lot, me);
            let number = all.protected.add();
            let freed = [(); 2].map(|()| all.recursive.release(lot, me));
            let right = inner && freed == [true; 2];
            Answer::Numbers(vec![number, i8::from(right)])
        },
    ),
    op(
        "try-again",
        "acquire release",
        "if rlock.acquire(False): m += 1",
        &[],
        2,
        Model::Steps(attempt_again),
        |p, _| {
            let (all, lot, me) = (all(p), lot(p), me(p));
            if !all.recursive.try_take(lot, me) {
                return Answer::Nothing;
            }
            let number = all.protected.add();
            let freed = all.recursive.release(lot, me);
            Answer::Numbers(vec![number, i8::from(freed)])
        },
    ),
    op(
        "owned",
        "_is_owned",
        "rlock._is_owned()",
        &[],
        1,
        Model::One(owned),
        |p, _| Answer::Bool(all(p).recursive.holder(lot(p)).thread == me(p)),
    ),
    op(
        "release-foreign",
        "release",
        "rlock.release(), from outside",
        &[],
        1,
        Model::One(owned),
        |p, _| Answer::Bool(all(p).recursive.release(lot(p), me(p))),
    ),
];

/// What the threads share.
struct All {
    lock: ThreadLock,
    plain: Plain,
    recursive: RecursiveLock,
    protected: Plain,
}

fn all<'a>(player: &'a Player<'_>) -> &'a All {
    player.cast.part()
}

fn lot<'a>(player: &'a Player<'_>) -> &'a ParkingLot {
    &player.ts.runtime().parking.lot
}

fn me(player: &Player<'_>) -> u64 {
    player.thread as u64 + 1
}

fn build(_: &ThreadState, _: &State) -> Cast {
    let all = All {
        lock: ThreadLock::new(),
        plain: Plain::new("n"),
        recursive: RecursiveLock::new(),
        protected: Plain::new("m"),
    };
    Cast::with(Vec::new(), all)
}

fn read(_: &ThreadState, cast: &Cast) -> State {
    let all: &All = cast.part();
    State::new(vec![vec![all.plain.get()], vec![all.protected.get()]])
}

const LOCK: i8 = 0;
const RECURSIVE: i8 = 1;

/// Comes in, if nobody is there; adds one; leaves. Comes in late or, if `waits` says no, not at all.
fn inside(state: &State, frame: &Frame, lock: i8, waits: bool) -> Vec<Next> {
    let mut state = state.clone();
    let held = state.hidden.contains(&vec![lock]);
    let answer = match frame[..] {
        [] if held && waits => return Vec::new(),
        [] if held => Some(Answer::Nothing),
        [] => {
            state.hidden.push(vec![lock]);
            state.hidden.sort_unstable();
            None
        }
        _ => {
            state.hidden.retain(|held| *held != vec![lock]);
            let number = &mut state.rows[lock as usize][0];
            *number += 1;
            Some(Answer::Numbers(vec![*number, 1]))
        }
    };
    vec![Next {
        state,
        frame: vec![1],
        answer,
    }]
}

fn with(state: &State, frame: &Frame, _: &At<'_>) -> Vec<Next> {
    inside(state, frame, LOCK, true)
}

fn attempt(state: &State, frame: &Frame, _: &At<'_>) -> Vec<Next> {
    inside(state, frame, LOCK, false)
}

fn again(state: &State, frame: &Frame, _: &At<'_>) -> Vec<Next> {
    inside(state, frame, RECURSIVE, true)
}

fn attempt_again(state: &State, frame: &Frame, _: &At<'_>) -> Vec<Next> {
    inside(state, frame, RECURSIVE, false)
}

fn locked(state: &State, _: &Frame, _: &At<'_>) -> Vec<Next> {
    let held = state.hidden.contains(&vec![LOCK]);
    vec![Next {
        state: state.clone(),
        frame: Frame::new(),
        answer: Some(Answer::Bool(held)),
    }]
}

/// Between its calls no thread has the lock.
fn owned(_: &mut State, _: &At<'_>) -> Answer {
    Answer::Bool(false)
}
