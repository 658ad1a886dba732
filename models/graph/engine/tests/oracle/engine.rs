//! The same programs on the engine.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard};

use graph_engine::{
    Block, Config, Engine, Execution, FailureKind, Location, Lock, Mode, Op, Outcome, Parker, Role,
    TraceEvent, choice, fence, spawn, spin,
};

use super::program::{Instruction, LOCK, Private, Program, TOKEN};
use super::{Answer, Fact, Failure, Label, Signature};

/// What the shared state of a program is on the engine.
#[derive(Clone, Copy)]
pub(crate) struct Shared {
    locations: [Location; LOCK],
    locks: [Lock; TOKEN - LOCK],
    token: Parker,
}

impl Shared {
    pub(crate) fn new() -> Shared {
        let locations = ["x", "y", "cell"].map(|name| Location::new(name, 0));
        Shared {
            locations,
            locks: ["lock", "other lock"].map(Lock::new),
            token: Parker::new("token"),
        }
    }
}

/// All complete graphs that the engine visits, and the failures that it finds.
///
/// # Errors
/// What it did that no program here allows: a graph twice, or an unexpected failure.
pub(crate) fn answer(config: Config, program: &Program) -> Result<Answer, String> {
    let program = program.clone();
    explored(config, move || run(&program))
}

/// The same of any body that is one of the programs here.
///
/// # Errors
/// As for [`answer`].
pub(crate) fn explored(
    config: Config,
    body: impl Fn() + Send + Sync + 'static,
) -> Result<Answer, String> {
    let seen: Arc<Mutex<Vec<Signature>>> = Arc::default();
    let failed: Arc<Mutex<BTreeSet<Failure>>> = Arc::default();
    let (graphs, failures) = (Arc::clone(&seen), Arc::clone(&failed));
    let forgotten = (Arc::clone(&seen), Arc::clone(&failed));
    let config = Config {
        keep_going: true,
        // An engine at fault may find no end, and everything that it finds is kept.
        max_graphs: config.max_graphs.or(Some(20_000)),
        max_events: 300,
        ..config
    };
    let exploration = Engine::new(config)
        .observe(move |execution| locked(&graphs).push(signature(execution)))
        .on_restart(move || {
            locked(&forgotten.0).clear();
            locked(&forgotten.1).clear();
        })
        .observe_failures(move |failure| locked(&failures).extend(kind(failure)))
        .run(body);
    let (seen, failed) = (locked(&seen), locked(&failed));
    let graphs: BTreeSet<Signature> = seen.iter().cloned().collect();
    let whole = exploration.rest.is_none() && exploration.counts.complete == seen.len() as u64;
    let unexpected = exploration
        .failure
        .as_ref()
        .is_some_and(|first| kind(first).is_none());
    if !whole || unexpected || graphs.len() < seen.len() {
        let distinct = graphs.len();
        return Err(format!("{exploration}, {distinct} of them distinct"));
    }
    Ok(Answer {
        failures: failed.clone(),
        graphs,
    })
}

fn locked<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    shared.lock().expect("no observer panics")
}

/// What the oracle calls the failure; it knows no others.
fn kind(failure: &graph_engine::Failure) -> Option<Failure> {
    match failure.kind {
        FailureKind::DataRace => Some(Failure::Race),
        FailureKind::Misuse => Some(Failure::Misuse),
        FailureKind::Deadlock | FailureKind::Livelock => Some(Failure::Stuck),
        _ => None,
    }
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
        Instruction::Lock(lock) => shared.locks[lock - LOCK].lock(),
        Instruction::Unlock(lock) => shared.locks[lock - LOCK].unlock(),
        Instruction::Park => shared.token.park(),
        Instruction::Unpark => shared.token.unpark(),
        Instruction::Await(loc, value, mode) => {
            while at[loc].load(mode) != value {
                spin();
            }
        }
        Instruction::TestAndSet(loc, mode) => {
            while at[loc].swap(1, mode) == 1 {
                spin();
            }
        }
        Instruction::CasLoop(loc, expected, new, mode) => {
            let exchange = || at[loc].compare_exchange(expected, new, mode, Mode::Relaxed);
            while exchange().is_err() {
                spin();
            }
        }
        Instruction::StoreChoice(loc, mode) => at[loc].store(choice(2) as u64 + 1, mode),
        Instruction::Private(step) => private(step),
    }
}

/// A step that no other thread sees.
pub(crate) fn private(step: Private) {
    match step {
        Private::Location => {
            let own = Location::new("own", 1);
            own.write(2);
            assert_eq!(own.fetch_add(1, Mode::Relaxed), 2);
        }
        Private::Block => {
            let (block, inside) = (Block::alloc("own", 2, 7), Location::new("own", 3));
            let lifetime = Block::alloc("own", 0, 0);
            let sum = block.at(1).read() + inside.within(lifetime).load(Mode::Relaxed);
            assert_eq!(sum, 10);
            inside.within(block).store(sum, Mode::Relaxed);
            lifetime.free();
            block.free();
        }
        Private::Child => {
            let own = Location::new("own", 0);
            assert_eq!(spawn(move || own.swap(5, Mode::Relaxed)).join(), Some(0));
            assert_eq!(own.read(), 5);
        }
        Private::Choice => assert_eq!(choice(1), 0),
    }
}

/// Whether the event is one of a private step that the oracle has as a step without a name.
fn is_private(event: &TraceEvent) -> bool {
    let name = event.location.as_deref().unwrap_or_default();
    name.starts_with("own")
}

/// A try of a lock or a park that is followed by another one; the oracle knows the last.
pub(crate) fn is_vain_try(event: &TraceEvent) -> bool {
    let lock = matches!(event.op, Op::Lock | Op::Park) && event.outcome == Outcome::Failure;
    lock || event.outcome == Outcome::Waits
}

/// The execution as the oracle names it. Threads are numbered as they were spawned.
pub(crate) fn signature(execution: &Execution<'_>) -> Signature {
    let trace = execution.trace();
    let tries: Vec<_> = trace.events.iter().filter(|e| is_vain_try(e)).collect();
    let place = |event: &TraceEvent| -> Label {
        let before =
            |&&vain: &&&TraceEvent| vain.thread == event.thread && vain.index < event.index;
        (
            event.thread,
            event.index - tries.iter().filter(before).count(),
        )
    };
    let label = |id: usize| -> Option<Label> {
        let event = trace.event(id)?;
        (event.role == Role::Write).then(|| place(event))
    };
    let counts = |event: &&TraceEvent| !is_vain_try(event) && !is_private(event);
    let events = trace.events.iter().filter(counts);
    let facts = events.filter_map(|event| {
        let fact = match event.role {
            Role::Read => {
                let spurious = event.outcome == Outcome::Spurious;
                Fact::Reads(event.reads_from.and_then(label), spurious)
            }
            Role::Write => Fact::Writes(event.coherence?),
            Role::Other if event.op == Op::Choice => Fact::Picks(event.value as usize),
            Role::Other => return None,
        };
        Some((place(event), fact))
    });
    facts.collect()
}

/// Only the graph counts here, not what was read.
fn ignore(_value: u64) {}
