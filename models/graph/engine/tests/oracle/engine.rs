//! The same programs on the engine.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use graph_engine::{
    Config, Engine, Execution, FailureKind, Location, Lock, Op, Outcome, Role, Verdict, choice,
    fence, spawn, spin,
};

use super::program::{Instruction, LOCK, Program};
use super::{Answer, Fact, Failure, Label, Signature};

/// What the shared state of a program is on the engine.
#[derive(Clone, Copy)]
pub(crate) struct Shared {
    locations: [Location; LOCK],
    lock: Lock,
}

impl Shared {
    pub(crate) fn new() -> Shared {
        let locations = ["x", "y", "cell"].map(|name| Location::new(name, 0));
        Shared {
            locations,
            lock: Lock::new("lock"),
        }
    }
}

/// All complete graphs that the engine visits.
///
/// # Errors
/// What it did that no program here allows: a graph twice, or an unexpected failure.
pub(crate) fn answer(config: Config, program: &Program) -> Result<Answer, String> {
    let seen: Arc<Mutex<Vec<Signature>>> = Arc::default();
    let graphs = Arc::clone(&seen);
    let program = program.clone();
    let exploration = Engine::new(config)
        .observe(move |execution| {
            graphs
                .lock()
                .expect("no observer panics")
                .push(signature(execution))
        })
        .run(move || run(&program));
    if let Some(failure) = exploration.failure {
        return match failure.kind {
            FailureKind::DataRace => Ok(Answer::Fails([Failure::Race].into())),
            FailureKind::Deadlock | FailureKind::Livelock => {
                Ok(Answer::Fails([Failure::Stuck].into()))
            }
            _ => Err(failure.to_string()),
        };
    }
    let seen = seen.lock().expect("no observer panics");
    let distinct: BTreeSet<Signature> = seen.iter().cloned().collect();
    if distinct.len() < seen.len() {
        return Err(format!(
            "{} graphs, {} of them distinct",
            seen.len(),
            distinct.len()
        ));
    }
    if exploration.verdict != Verdict::Exhaustive
        || exploration.counts.complete != seen.len() as u64
    {
        return Err(format!(
            "{:?} after {:?}",
            exploration.verdict, exploration.counts
        ));
    }
    Ok(Answer::Graphs(distinct))
}

/// The program itself, as a body for the engine.
pub(crate) fn run(program: &Program) {
    let shared = Shared::new();
    for instructions in program.0.clone() {
        spawn(move || {
            instructions
                .iter()
                .for_each(|instruction| execute(shared, instruction))
        });
    }
}

pub(crate) fn execute(shared: Shared, instruction: &Instruction) {
    let at = shared.locations;
    match *instruction {
        Instruction::Load(loc, mode) => ignore(at[loc].load(mode)),
        Instruction::Store(loc, value, mode) => at[loc].store(value, mode),
        Instruction::Add(loc, mode) => ignore(at[loc].fetch_add(1, mode)),
        Instruction::Cas {
            loc,
            expected,
            new,
            success,
            failure,
            weak: true,
        } => {
            let _ = at[loc].compare_exchange_weak(expected, new, success, failure);
        }
        Instruction::Cas {
            loc,
            expected,
            new,
            success,
            failure,
            weak: false,
        } => {
            let _ = at[loc].compare_exchange(expected, new, success, failure);
        }
        Instruction::Fence(mode) => fence(mode),
        Instruction::Read(loc) => ignore(at[loc].read()),
        Instruction::Write(loc, value) => at[loc].write(value),
        Instruction::Lock => shared.lock.lock(),
        Instruction::Unlock => shared.lock.unlock(),
        Instruction::Await(loc, value, mode) => {
            while at[loc].load(mode) != value {
                spin();
            }
        }
        Instruction::StoreChoice(loc, mode) => at[loc].store(choice(2) as u64 + 1, mode),
    }
}

/// The execution as the oracle names it. Threads are numbered as they were spawned.
pub(crate) fn signature(execution: &Execution<'_>) -> Signature {
    let trace = execution.trace();
    let label = |id: usize| -> Option<Label> {
        let event = trace.event(id)?;
        (event.role == Role::Write).then_some((event.thread, event.index))
    };
    let facts = trace.events.iter().filter_map(|event| {
        let fact = match event.role {
            Role::Read => {
                let spurious = event.outcome == Outcome::Spurious;
                Fact::Reads(event.reads_from.and_then(label), spurious)
            }
            Role::Write => Fact::Writes(event.coherence?),
            Role::Other if event.op == Op::Choice => Fact::Picks(event.value as usize),
            Role::Other => return None,
        };
        Some(((event.thread, event.index), fact))
    });
    facts.collect()
}

/// Only the graph counts here, not what was read.
fn ignore(_value: u64) {}
