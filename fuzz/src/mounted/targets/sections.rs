//! Critical sections of two objects: one inside another, of both, brief ones, in a stopped world, and those of a thread
//! that goes outside meanwhile.

use super::blocks::Block;
use super::rt::objects::no_code::NoCode;
use super::rt::protocols::critical_section;
use super::rt::protocols::object_lock::ObjectLock;
use super::rt::protocols::runtime::safepoint;
use super::rt::protocols::thread_state::ThreadState;
use super::values::Plain;
use super::{Answer, Arg, At, Cast, Frame, Model, Next, Operation, Player, Row, State, Target, op};

/// The row is the number that each lock protects.
pub(super) static TARGET: Target = Target {
    name: "sections",
    question: "Is a critical section closed until its thread goes outside or waits, and again after that?",
    types: &[],
    start: &[Row::Fixed(&[0, 0])],
    threads: 3,
    operations: OPERATIONS,
    excepted: &[],
    close: None,
    project: None,
    hooks: &NoCode,
    build,
    read,
};

/// Which of the two.
const ONE: &[Arg] = &[Arg::Below(2)];

const OPERATIONS: &[Operation] = &[
    op(
        "enter",
        "",
        "with section(x{0}): n{0} += 1",
        ONE,
        4,
        Model::One(add),
        |p, a| critical_section::with(p.ts, lock(p, a[0]), || Answer::Number(count(p, a[0]).add())),
    ),
    op(
        "outside",
        "",
        "with section(x{0}): n{0} += 1; sleep(0); n{0} += 1",
        ONE,
        2,
        Model::Steps(twice),
        |p, a| {
            let own = ObjectLock::new();
            critical_section::with(p.ts, lock(p, a[0]), || {
                let first = count(p, a[0]).add();
                critical_section::with(p.ts, &own, || p.ts.detached(|| ()));
                Answer::Numbers(vec![first, count(p, a[0]).add()])
            })
        },
    ),
    op(
        "again",
        "",
        "with section(x{0}): before = n{0}; with section(x{0}): pass; before == n{0}",
        ONE,
        2,
        Model::One(yes),
        |p, a| {
            critical_section::with(p.ts, lock(p, a[0]), || {
                let before = count(p, a[0]).get();
                critical_section::with(p.ts, lock(p, a[0]), || ());
                Answer::Bool(before == count(p, a[0]).get())
            })
        },
    ),
    op(
        "within",
        "",
        "with section(x{0}): n{0} += 1; with section(the other): its n += 1",
        ONE,
        2,
        Model::Steps(within),
        |p, a| {
            critical_section::with(p.ts, lock(p, a[0]), || {
                let outer = count(p, a[0]).add();
                let inner =
                    critical_section::with(p.ts, lock(p, 1 - a[0]), || count(p, 1 - a[0]).add());
                Answer::Numbers(vec![outer, inner])
            })
        },
    ),
    op(
        "both",
        "",
        "with section(x{0}, the other): n0 += 1; n1 += 1",
        ONE,
        3,
        Model::One(add_both),
        |p, a| critical_section::with_two(p.ts, lock(p, a[0]), lock(p, 1 - a[0]), || both(p)),
    ),
    op(
        "brief",
        "",
        "with brief(x{0}): n{0} += 1",
        ONE,
        2,
        Model::One(add),
        |p, a| {
            critical_section::brief(p.ts, lock(p, a[0]), || Answer::Number(count(p, a[0]).add()))
        },
    ),
    op(
        "brief-both",
        "",
        "with brief(x{0}, the other): n0 += 1; n1 += 1",
        ONE,
        2,
        Model::One(add_both),
        |p, a| critical_section::brief_two(p.ts, lock(p, a[0]), lock(p, 1 - a[0]), || both(p)),
    ),
    op(
        "stopped",
        "",
        "stop(); with section(x{0}): n{0} += 1; restart()",
        ONE,
        2,
        Model::One(add),
        |p, a| {
            stopped(p, || {
                critical_section::with(p.ts, lock(p, a[0]), || Answer::Number(count(p, a[0]).add()))
            })
        },
    ),
    op(
        "stop-within",
        "",
        "with section(x{0}): n{0} += 1; stop(); restart(); n{0} += 1",
        ONE,
        3,
        Model::Steps(twice),
        |p, a| {
            critical_section::with(p.ts, lock(p, a[0]), || {
                let first = count(p, a[0]).add();
                stopped(p, || ());
                Answer::Numbers(vec![first, count(p, a[0]).add()])
            })
        },
    ),
    op(
        "hold",
        "",
        "x{0}.lock(); safepoint(); n{0} += 1; x{0}.unlock()",
        ONE,
        2,
        Model::One(add),
        |p, a| {
            let lock = lock(p, a[0]);
            lock.lock(p.ts);
            safepoint(p.ts, |_| ());
            let number = count(p, a[0]).add();
            lock.unlock(&p.ts.runtime().parking);
            Answer::Number(number)
        },
    ),
];

/// What the threads share: locks, which have an order as blocks of the heap do, and the number that each protects.
struct All {
    locks: [Block<ObjectLock>; 2],
    counts: [Plain; 2],
}

fn lock<'a>(player: &'a Player<'_>, which: i8) -> &'a ObjectLock {
    &player.cast.part::<All>().locks[usize::from(which.unsigned_abs())]
}

fn count<'a>(player: &'a Player<'_>, which: i8) -> &'a Plain {
    &player.cast.part::<All>().counts[usize::from(which.unsigned_abs())]
}

fn both(player: &Player<'_>) -> Answer {
    Answer::Numbers(vec![count(player, 0).add(), count(player, 1).add()])
}

/// Does it while the world is stopped.
fn stopped<R>(player: &Player<'_>, body: impl FnOnce() -> R) -> R {
    let world = player.ts.runtime().world();
    world.stop(Some(player.ts));
    let result = body();
    world.restart(Some(player.ts));
    result
}

fn build(ts: &ThreadState, _: &State) -> Cast {
    let all = All {
        locks: ["x0", "x1"].map(|name| Block::new(ts.local(), name, ObjectLock::new())),
        counts: [Plain::new("n0"), Plain::new("n1")],
    };
    Cast::with(Vec::new(), all)
}

fn read(ts: &ThreadState, cast: &Cast) -> State {
    let all: &All = cast.part();
    all.locks.iter().for_each(|lock| lock.free(ts.local()));
    State::new(vec![all.counts.iter().map(Plain::get).collect()])
}

fn sum(state: &mut State, which: i8) -> i8 {
    let number = &mut state.rows[0][usize::from(which.unsigned_abs())];
    *number = number.wrapping_add(1);
    *number
}

fn add(state: &mut State, at: &At<'_>) -> Answer {
    Answer::Number(sum(state, at.args[0]))
}

fn add_both(state: &mut State, _: &At<'_>) -> Answer {
    Answer::Numbers(vec![sum(state, 0), sum(state, 1)])
}

fn yes(_: &mut State, _: &At<'_>) -> Answer {
    Answer::Bool(true)
}

fn twice(state: &State, frame: &Frame, at: &At<'_>) -> Vec<Next> {
    steps(state, frame, [at.args[0]; 2])
}

fn within(state: &State, frame: &Frame, at: &At<'_>) -> Vec<Next> {
    steps(state, frame, [at.args[0], 1 - at.args[0]])
}

/// Two additions, between which others may come in; the frame holds the first sum.
fn steps(state: &State, frame: &Frame, which: [i8; 2]) -> Vec<Next> {
    let mut state = state.clone();
    let sum = sum(&mut state, which[frame.len()]);
    let sums = [frame.as_slice(), &[sum]].concat();
    let answer = (sums.len() == 2).then(|| Answer::Numbers(sums.clone()));
    vec![Next {
        state,
        frame: sums,
        answer,
    }]
}
