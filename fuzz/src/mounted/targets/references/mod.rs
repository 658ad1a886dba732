//! Counts by themselves: references that go from thread to thread, owners that leave, finalizers that revive, objects that
//! become immortal or deferred, and readers without a reference.

mod rig;

use std::sync::atomic::Ordering::Relaxed;

use self::rig::{Object, Rig, Role};
use super::rt::objects::no_code::NoCode;
use super::rt::protocols::refcount::{Counter, Immortalized};
use super::rt::protocols::thread_state::ThreadState;
use super::{
    Answer, Arg, At, Cast, Frame, Model, Next, Operation, Player, Row, State, Step, Target,
    TargetSpec, op,
};

/// The rows: the numbers in two places, 0 for nothing, and how much was not as it should be in the end.
pub(super) static TARGET: Target = Target {
    name: "references",
    question: "Is each object found dead once, by one thread, after the last reference to it was given back?",
    types: &[],
    start: &[Row::Fixed(&[1, 2]), Row::Fixed(&[0])],
    threads: 4,
    operations: OPERATIONS,
    excepted: &[],
    close: Some(close),
    project: None,
    hooks: &NoCode,
    build,
    read,
};

/// Which of the two places.
const ONE: Arg = Arg::Below(2);

const OPERATIONS: &[Operation] = &[
    op(
        "make",
        "",
        "x[{0}] = new({1})",
        &[ONE, Arg::Value],
        3,
        Model::One(put),
        |p, a| {
            let role = role(p);
            role.put(at(a[0]), Some(role.make(a[1], None)));
            Answer::Done
        },
    ),
    op(
        "make-pair",
        "",
        "x[{0}] = new({1}, x.pop(the other))",
        &[ONE, Arg::Value],
        1,
        Model::Steps(pair),
        |p, a| {
            let role = role(p);
            let inner = role.replace(at(1 - a[0]), None);
            role.put(at(a[0]), Some(role.make(a[1], inner)));
            Answer::Done
        },
    ),
    op(
        "drop",
        "",
        "x.pop({0}).number",
        &[ONE],
        4,
        Model::One(taken),
        |p, a| with_taken(p, a[0], |role, found| role.release(found)),
    ),
    op(
        "share",
        "",
        "both = x.pop({0}); x[:] = both, both",
        &[ONE],
        3,
        Model::Steps(share),
        |p, a| {
            with_taken(p, a[0], |role, found| {
                found.count.incref(*role);
                role.put(at(a[0]), Some(found));
                role.put(at(1 - a[0]), Some(found));
            })
        },
    ),
    op(
        "revive",
        "",
        "y = x.pop({0}); del y, whose finalizer puts it back",
        &[ONE],
        2,
        Model::Steps(perhaps_back),
        |p, a| {
            with_taken(p, a[0], |role, found| {
                if role.dies(found) {
                    role.finalize(found, Some(at(a[0])));
                }
            })
        },
    ),
    op(
        "finalize",
        "",
        "y = x.pop({0}); del y, which has a finalizer",
        &[ONE],
        2,
        Model::One(taken),
        |p, a| {
            with_taken(p, a[0], |role, found| {
                if role.dies(found) {
                    role.finalize(found, None);
                }
            })
        },
    ),
    op(
        "reuse",
        "",
        "y = x.pop({0}); del y; x[the other] = new({1}), where y was",
        &[ONE, Arg::Value],
        2,
        Model::Steps(perhaps_renewed),
        |p, a| {
            with_taken(p, a[0], |role, found| {
                if role.dies(found) {
                    found.number.set(a[1]);
                    found.count.renew(role.id());
                    found.count.set_maybe_weakref();
                    role.put(at(1 - a[0]), Some(found));
                }
            })
        },
    ),
    op(
        "read",
        "",
        "x[{0}].number, without a lock",
        &[ONE],
        3,
        Model::Steps(read_or_not),
        |p, a| Answer::of(role(p).read(at(a[0]))),
    ),
    op(
        "old",
        "",
        "try_incref(x[{0}] as it was)",
        &[ONE],
        2,
        Model::Steps(alive_or_not),
        |p, a| {
            let role = role(p);
            let found = role.glance(at(a[0]));
            let looked = found.and_then(|found| {
                p.ts.detached(|| ());
                role.look_at_old(found)
            });
            looked.map_or(Answer::Nothing, Answer::Bool)
        },
    ),
    op(
        "immortal",
        "",
        "y = x.pop({0}); immortalize(y); x[{0}] = y",
        &[ONE],
        1,
        Model::Steps(back),
        |p, a| {
            with_taken(p, a[0], |role, found| {
                if found.count.set_immortal(role.id()) == Immortalized::Done {
                    // ORDERING: Relaxed: looked at when the threads have done their work.
                    found.immortal.store(true, Relaxed);
                }
                role.put(at(a[0]), Some(found));
            })
        },
    ),
    op(
        "defer",
        "",
        "y = x.pop({0}); defer_count(y); x[{0}] = y",
        &[ONE],
        1,
        Model::Steps(back),
        |p, a| {
            with_taken(p, a[0], |role, found| {
                let deferred = &role.rig.deferred;
                // SAFETY: the thread has a reference, and the block is freed after the end of the deferral.
                let _ = unsafe { deferred.defer(role.lot(), role.id(), found.raw().cast()) };
                role.put(at(a[0]), Some(found));
            })
        },
    ),
    op(
        "unique",
        "",
        "if is_mine_alone(kept): kept.number += 1",
        &[],
        2,
        Model::Aside(done),
        |p, _| {
            let role = role(p);
            let kept = role.rig.kept;
            if kept.count.is_uniquely_referenced(role.id()) {
                kept.number.add();
            }
            Answer::Done
        },
    ),
    op(
        "drain",
        "",
        "safepoint()",
        &[],
        2,
        Model::Aside(done),
        |p, _| {
            role(p).drain();
            Answer::Done
        },
    ),
    op(
        "leave",
        "",
        "the thread ends",
        &[],
        1,
        Model::Aside(done),
        |p, _| {
            role(p).leave();
            Answer::Done
        },
    ),
];

fn role<'a>(player: &'a Player<'_>) -> Role<'a> {
    player.cast.part::<Rig>().role(player.ts, player.thread)
}

/// Takes what is in a place, and does something with it; answers its number.
fn with_taken(p: &Player<'_>, place: i8, body: impl FnOnce(&Role<'_>, Object)) -> Answer {
    let role = role(p);
    let found = role.replace(at(place), None);
    Answer::of(found.map(|found| {
        let number = found.number.get();
        body(&role, found);
        number
    }))
}

/// Each thread leaves the registry of owners, once, at last.
fn close(target: &TargetSpec, threads: &mut [Vec<Step>]) {
    let leave = Step {
        operation: target.operation("leave").expect("an operation"),
        args: Vec::new(),
    };
    for thread in threads {
        thread.retain(|step| *step != leave);
        thread.push(leave.clone());
    }
}

fn build(ts: &ThreadState, state: &State) -> Cast {
    Cast::with(Vec::new(), Rig::new(ts, &state.rows[0]))
}

fn read(ts: &ThreadState, cast: &Cast) -> State {
    let (numbers, wrong) = cast.part::<Rig>().end(ts);
    State::new(vec![numbers, vec![wrong]])
}

fn at(number: i8) -> usize {
    usize::from(number.unsigned_abs())
}

fn put(state: &mut State, a: &At<'_>) -> Answer {
    state.rows[0][at(a.args[0])] = a.args[1];
    Answer::Done
}

fn taken(state: &mut State, a: &At<'_>) -> Answer {
    answer(std::mem::take(&mut state.rows[0][at(a.args[0])]))
}

fn done(_: &mut State, _: &At<'_>) -> Answer {
    Answer::Done
}

/// A number, or that there was nothing.
fn answer(number: i8) -> Answer {
    Answer::of((number != 0).then_some(number))
}

/// Takes from a place, and then goes through steps that each put something into a place or not. The frame is what was
/// taken, and how many steps were made.
fn steps(
    state: &State,
    frame: &Frame,
    from: i8,
    puts: &[&[Option<(i8, Put)>]],
    last: impl Fn(i8) -> Answer,
) -> Vec<Next> {
    let mut state = state.clone();
    let [number, made] = match frame[..] {
        [number, made] => [number, made],
        _ => {
            let number = std::mem::take(&mut state.rows[0][at(from)]);
            let ends =
                number == 0 && matches!(puts.first(), Some([Some((_, Put::Taken)) | None, ..]));
            return vec![Next {
                state,
                frame: vec![number, 0],
                answer: ends.then(|| last(0)),
            }];
        }
    };
    let ways = puts[at(made)];
    let ends = at(made) + 1 == puts.len();
    let next = |way: &Option<(i8, Put)>| {
        let mut state = state.clone();
        if let Some((place, what)) = way {
            state.rows[0][at(*place)] = match what {
                Put::Taken => number,
                Put::New(number) => *number,
            };
        }
        Next {
            state,
            frame: vec![number, made + 1],
            answer: ends.then(|| last(number)),
        }
    };
    ways.iter().map(next).collect()
}

/// What a step puts.
#[derive(Clone, Copy)]
enum Put {
    Taken,
    New(i8),
}

fn pair(state: &State, frame: &Frame, a: &At<'_>) -> Vec<Next> {
    let [place, number] = [a.args[0], a.args[1]];
    let puts: [&[Option<(i8, Put)>]; 1] = [&[Some((place, Put::New(number)))]];
    steps(state, frame, 1 - place, &puts, |_| Answer::Done)
}

fn share(state: &State, frame: &Frame, a: &At<'_>) -> Vec<Next> {
    let place = a.args[0];
    let puts: [&[Option<(i8, Put)>]; 2] = [
        &[Some((place, Put::Taken))],
        &[Some((1 - place, Put::Taken))],
    ];
    steps(state, frame, place, &puts, answer)
}

fn back(state: &State, frame: &Frame, a: &At<'_>) -> Vec<Next> {
    let puts: [&[Option<(i8, Put)>]; 1] = [&[Some((a.args[0], Put::Taken))]];
    steps(state, frame, a.args[0], &puts, answer)
}

/// It is put back if that was the last reference, of which the model knows nothing.
fn perhaps_back(state: &State, frame: &Frame, a: &At<'_>) -> Vec<Next> {
    let puts: [&[Option<(i8, Put)>]; 1] = [&[None, Some((a.args[0], Put::Taken))]];
    steps(state, frame, a.args[0], &puts, answer)
}

fn perhaps_renewed(state: &State, frame: &Frame, a: &At<'_>) -> Vec<Next> {
    let [place, number] = [a.args[0], a.args[1]];
    let puts: [&[Option<(i8, Put)>]; 1] = [&[None, Some((1 - place, Put::New(number)))]];
    steps(state, frame, place, &puts, answer)
}

/// What is there, or nothing: a reader that is refused gives up.
fn read_or_not(state: &State, _: &Frame, a: &At<'_>) -> Vec<Next> {
    either(state, answer(state.rows[0][at(a.args[0])]))
}

fn alive_or_not(state: &State, _: &Frame, _: &At<'_>) -> Vec<Next> {
    either(state, Answer::Bool(true))
}

fn either(state: &State, one: Answer) -> Vec<Next> {
    let mut all = vec![one, Answer::Nothing];
    all.dedup();
    let next = |answer| Next {
        state: state.clone(),
        frame: Frame::new(),
        answer: Some(answer),
    };
    all.into_iter().map(next).collect()
}
