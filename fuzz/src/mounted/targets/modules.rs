//! Modules that are imported, what is done once, and frames that are run by one thread at a time.

use super::rt::objects::no_code::NoCode;
use super::rt::protocols::claim::{Claim, Claimed};
use super::rt::protocols::module_locks::{Imported, ModuleLocks, Slept};
use super::rt::protocols::once::Once;
use super::rt::protocols::thread_state::ThreadState;
use super::rt::sync::atomic::AtomicU8;
use super::rt::sync::atomic::Ordering::Relaxed;
use super::values::Plain;
use super::{Answer, Arg, At, Cast, Frame, Model, Next, Operation, Player, Row, State, Target, op};

/// The rows: of each of two modules how it is and how often it was run; how often a lazy field was tried and whether it is
/// made; and how often a frame was run.
pub(super) static TARGET: Target = Target {
    name: "modules",
    question: "Is each module, field and frame run by one thread at a time, and found whole by the others?",
    types: &[],
    start: &[
        Row::Fixed(&[0, 0, 0, 0]),
        Row::Fixed(&[0, 0]),
        Row::Fixed(&[0]),
    ],
    threads: 3,
    operations: OPERATIONS,
    excepted: &[],
    close: None,
    project: None,
    hooks: &NoCode,
    build,
    read,
};

const MODULES: usize = 0;
const FIELD: usize = 1;
const FRAME: usize = 2;

const ABSENT: u8 = 0;
const HALF_DONE: u8 = 1;
const DONE: u8 = 2;

/// Which of the two modules.
const ONE: &[Arg] = &[Arg::Below(2)];

const OPERATIONS: &[Operation] = &[
    op(
        "import",
        "",
        "import m{0}",
        ONE,
        3,
        Model::Steps(import),
        |p, a| all(p).import(p.ts, at(a[0]), &mut || Ok(())),
    ),
    op(
        "import-failing",
        "",
        "import m{0}, which raises the first time",
        ONE,
        3,
        Model::Steps(import_or_fail),
        |p, a| {
            let module = &all(p).modules[at(a[0])];
            all(p).import(p.ts, at(a[0]), &mut || match module.runs.get() {
                1 => Err(()),
                _ => Ok(()),
            })
        },
    ),
    op(
        "import-both",
        "",
        "import m{0}, which imports the other",
        ONE,
        3,
        Model::Steps(import_both),
        |p, a| {
            let all = all(p);
            let other = 1 - at(a[0]);
            all.import(p.ts, at(a[0]), &mut || {
                let _ = all.import(p.ts, other, &mut || Ok(()));
                Ok(())
            })
        },
    ),
    op(
        "import-stopping",
        "",
        "import m{0}, which stops the world",
        ONE,
        2,
        Model::Steps(import),
        |p, a| {
            all(p).import(p.ts, at(a[0]), &mut || {
                let world = p.ts.runtime().world();
                world.stop(Some(p.ts));
                world.restart(Some(p.ts));
                Ok(())
            })
        },
    ),
    op(
        "make",
        "",
        "once(make); field",
        &[],
        3,
        Model::Steps(make),
        |p, _| {
            let all = all(p);
            // The first attempt fails.
            let attempt = || match all.attempts.add() {
                1 => Err(()),
                _ => {
                    all.field.add();
                    Ok(())
                }
            };
            match all.once.call(p.ts, attempt) {
                Ok(()) => Answer::Number(all.field.get()),
                Err(()) => Answer::Nothing,
            }
        },
    ),
    op(
        "run",
        "",
        "next(generator)",
        &[],
        3,
        Model::Steps(run),
        |p, _| {
            let all = all(p);
            match all.claim.claim() {
                Claimed::First | Claimed::Resumed => {
                    let number = all.frame.add();
                    all.claim.suspend();
                    Answer::Number(number)
                }
                Claimed::Running => Answer::Nothing,
                Claimed::Finished => Answer::Bool(false),
            }
        },
    ),
];

/// A module: what stands under its name, and how often it was run.
struct Module {
    state: AtomicU8,
    runs: Plain,
}

/// What the threads share.
struct All {
    locks: ModuleLocks<u8>,
    modules: [Module; 2],
    once: Once,
    attempts: Plain,
    field: Plain,
    claim: Claim,
    frame: Plain,
}

fn all<'a>(player: &'a Player<'_>) -> &'a All {
    player.cast.part()
}

impl All {
    /// Imports a module whose code is `code`: what stands under its name then, unless the code fails.
    fn import(
        &self,
        ts: &ThreadState,
        index: usize,
        code: &mut dyn FnMut() -> Result<(), ()>,
    ) -> Answer {
        let module = &self.modules[index];
        // ORDERING: Relaxed: what the module holds is found with its lock held.
        let find = || Some(module.state.load(Relaxed)).filter(|state| *state != ABSENT);
        let half_done = find().filter(|state| *state == HALF_DONE);
        let lot = &ts.runtime().parking.lot;
        let sleep = |key, stays: &dyn Fn() -> bool| {
            let _ = lot.park(key, None, stays);
            Slept::Woken
        };
        let imported = self.locks.import(
            ts,
            &(index as u8),
            half_done,
            sleep,
            || Ok(find()),
            || module.run(code),
        );
        match imported {
            Ok(Imported::Module(state)) => Answer::Number(state as i8),
            Ok(_) => Answer::Nothing,
            Err(()) => Answer::Raised("ImportError"),
        }
    }
}

impl Module {
    fn run(&self, code: &mut dyn FnMut() -> Result<(), ()>) -> Result<u8, ()> {
        // ORDERING: Relaxed, as in `import`.
        self.state.store(HALF_DONE, Relaxed);
        self.runs.add();
        let done = code();
        let state = if done.is_ok() { DONE } else { ABSENT };
        // ORDERING: as above.
        self.state.store(state, Relaxed);
        done.map(|()| DONE)
    }
}

fn build(_: &ThreadState, _: &State) -> Cast {
    let module = |name| Module {
        state: AtomicU8::new(name, ABSENT),
        runs: Plain::new("runs"),
    };
    let all = All {
        locks: ModuleLocks::new(),
        modules: [module("first module"), module("second module")],
        once: Once::new(),
        attempts: Plain::new("attempts"),
        field: Plain::new("field"),
        claim: Claim::new(),
        frame: Plain::new("frame"),
    };
    Cast::with(Vec::new(), all)
}

fn read(_: &ThreadState, cast: &Cast) -> State {
    let all: &All = cast.part();
    // ORDERING: Relaxed: the threads have done their work.
    let state = |at: usize| all.modules[at].state.load(Relaxed) as i8;
    let runs = |at: usize| all.modules[at].runs.get();
    State::new(vec![
        vec![state(0), state(1), runs(0), runs(1)],
        vec![all.attempts.get(), all.field.get()],
        vec![all.frame.get()],
    ])
}

fn at(number: i8) -> usize {
    usize::from(number.unsigned_abs())
}

/// What a module is like in a step of an import.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Code {
    /// It does nothing else.
    Plain,
    /// It raises when it is run for the first time.
    Fails,
    /// It imports the other one.
    Nests,
}

const HALF: i8 = HALF_DONE as i8;
const WHOLE: i8 = DONE as i8;

fn import(state: &State, frame: &Frame, a: &At<'_>) -> Vec<Next> {
    importing(state, frame, a, Code::Plain)
}

fn import_or_fail(state: &State, frame: &Frame, a: &At<'_>) -> Vec<Next> {
    importing(state, frame, a, Code::Fails)
}

fn import_both(state: &State, frame: &Frame, a: &At<'_>) -> Vec<Next> {
    importing(state, frame, a, Code::Nests)
}

/// Finds the module, or begins to run it, which only a thread may to which nobody else is at it; runs its code; ends it.
/// While two threads run one module each and import the other's, each finds the other's half done.
fn importing(state: &State, frame: &Frame, a: &At<'_>, code: Code) -> Vec<Next> {
    let module = at(a.args[0]);
    match frame[..] {
        [] => begin(state, module, None),
        [1] if code == Code::Nests => begin(state, 1 - module, Some(module)),
        [1] | [3] => vec![end(state, module, code)],
        _ => vec![end_inner(state, 1 - module)],
    }
}

fn next(state: State, frame: &[i8], answer: Option<Answer>) -> Next {
    Next {
        state,
        frame: frame.to_vec(),
        answer,
    }
}

/// Takes the lock of a module, as the first or, within `outer`, as the second one.
fn begin(state: &State, module: usize, outer: Option<usize>) -> Vec<Next> {
    let found = |state: &State, answer: i8| match outer {
        None => next(state.clone(), &[], Some(Answer::Number(answer))),
        Some(_) => next(state.clone(), &[3], None),
    };
    match state.rows[MODULES][module] {
        0 => {
            let mut state = state.clone();
            state.rows[MODULES][module] = HALF;
            state.rows[MODULES][module + 2] += 1;
            vec![next(state, if outer.is_none() { &[1] } else { &[2] }, None)]
        }
        // It waits for whoever runs it, unless that thread waits for it, too.
        HALF if outer.is_some() => vec![found(state, HALF)],
        HALF => Vec::new(),
        _ => vec![found(state, WHOLE)],
    }
}

fn end_inner(state: &State, module: usize) -> Next {
    let mut state = state.clone();
    state.rows[MODULES][module] = WHOLE;
    next(state, &[3], None)
}

fn end(state: &State, module: usize, code: Code) -> Next {
    let mut state = state.clone();
    let fails = code == Code::Fails && state.rows[MODULES][module + 2] == 1;
    state.rows[MODULES][module] = if fails { 0 } else { WHOLE };
    let answer = match fails {
        true => Answer::Raised("ImportError"),
        false => Answer::Number(WHOLE),
    };
    next(state, &[], Some(answer))
}

/// Makes the field in one step, unless it is made; the first attempt fails.
fn make(state: &State, _: &Frame, _: &At<'_>) -> Vec<Next> {
    let mut state = state.clone();
    let field = &mut state.rows[FIELD];
    let answer = match field[..] {
        [0, _] => {
            field[0] = 1;
            Answer::Nothing
        }
        [_, 0] => {
            *field = vec![2, 1];
            Answer::Number(1)
        }
        _ => Answer::Number(1),
    };
    vec![next(state, &[], Some(answer))]
}

/// Runs the frame in one step, or finds it running, while another thread is in the middle of its own call.
fn run(state: &State, _: &Frame, _: &At<'_>) -> Vec<Next> {
    let busy = next(state.clone(), &[], Some(Answer::Nothing));
    let mut state = state.clone();
    let runs = &mut state.rows[FRAME][0];
    *runs = runs.wrapping_add(1);
    let answer = Answer::Number(*runs);
    vec![next(state, &[], Some(answer)), busy]
}
