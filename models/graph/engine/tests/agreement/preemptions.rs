//! A bound on preemptions leaves exactly the executions within it: those of which an enumeration of
//! all schedules, event by event, finds one that has so few.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

use graph_engine::{Config, Engine, Model, Mutation, Op, Role, Trace, TraceEvent, Verdict};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use crate::oracle::engine::is_vain_try;
use crate::oracle::program::{Program, programs, sc_programs, waiting_programs};
use crate::oracle::{self, Signature};

/// Complete graphs and their least number of preemptions. `None`: the program fails.
pub(crate) fn graphs(program: &Program, config: Config) -> Option<BTreeMap<Signature, usize>> {
    let seen: Arc<Mutex<BTreeMap<Signature, usize>>> = Arc::default();
    let found = Arc::clone(&seen);
    let program = program.clone();
    let (model, bounded) = (config.model, config.max_preemptions.is_some());
    let config = Config {
        max_graphs: Some(2_000),
        ..config
    };
    let forgotten = Arc::clone(&seen);
    let exploration = Engine::new(config)
        .observe(move |execution| {
            let cost = Schedules::of(&execution.trace(), model).least_preemptions();
            let entry = (oracle::engine::signature(execution), cost);
            found.lock().expect("no observer panics").extend([entry]);
        })
        .on_restart(move || forgotten.lock().expect("no observer panics").clear())
        .run(move || oracle::engine::run(&program));
    let expected = match bounded {
        true => Verdict::Bounded,
        false => Verdict::Exhaustive,
    };
    let seen = seen.lock().expect("no observer panics").clone();
    (exploration.verdict == expected && exploration.counts.complete == seen.len() as u64)
        .then_some(seen)
}

/// Everything that is needed to enumerate the schedules of an execution.
struct Schedules {
    /// For each thread its events.
    threads: Vec<Vec<TraceEvent>>,
    /// For each event, by number, those that come before it, besides its thread's own.
    before: BTreeMap<usize, BTreeSet<usize>>,
}

/// How far each thread is, and which one has run last.
type State = (Vec<usize>, Option<usize>);

impl Schedules {
    fn of(trace: &Trace, model: Model) -> Schedules {
        let events: Vec<TraceEvent> = {
            let counts = |event: &&TraceEvent| !is_vain_try(event);
            trace.events.iter().filter(counts).cloned().collect()
        };
        let count = events.iter().map(|event| event.thread + 1).max();
        let mut threads = vec![Vec::new(); count.unwrap_or(0)];
        for event in &events {
            threads[event.thread].push(event.clone());
        }
        threads
            .iter_mut()
            .for_each(|own| own.sort_by_key(|event| event.index));
        let before = |event: &TraceEvent| {
            let comes = |other: &&TraceEvent| comes_before(other, event, &events, model);
            let ids = events.iter().filter(comes).map(|other| other.id);
            (event.id, ids.collect())
        };
        let before = events.iter().map(before).collect();
        Schedules { threads, before }
    }

    /// Over all schedules, one event at a time.
    fn least_preemptions(&self) -> usize {
        let mut layer = BTreeSet::from([(vec![0; self.threads.len()], None)]);
        let mut seen = BTreeSet::new();
        for preemptions in 0.. {
            let mut preempted = BTreeSet::new();
            while let Some(state) = layer.pop_first() {
                if !seen.insert(state.clone()) {
                    continue;
                }
                let (executed, running) = &state;
                if (0..self.threads.len()).all(|t| executed[t] == self.threads[t].len()) {
                    return preemptions;
                }
                for (next, costs) in self.steps(executed, *running) {
                    match costs {
                        true => preempted.insert(next),
                        false => layer.insert(next),
                    };
                }
            }
            layer = preempted;
        }
        unreachable!("every execution has a schedule")
    }

    fn steps(&self, executed: &[usize], running: Option<usize>) -> Vec<(State, bool)> {
        let done = |id: usize| {
            let mut threads = self.threads.iter().zip(executed);
            threads.any(|(own, &len)| own[..len].iter().any(|event| event.id == id))
        };
        let goes = |thread: &usize| {
            let next = self.threads[*thread].get(executed[*thread]);
            next.is_some_and(|next| self.before[&next.id].iter().all(|&id| done(id)))
        };
        let step = |thread: usize| {
            let mut further = executed.to_vec();
            further[thread] += 1;
            let leaves = running.filter(|&running| running != thread);
            let costs = leaves.is_some_and(|running| !self.gives_way(running, executed));
            ((further, Some(thread)), costs)
        };
        (0..self.threads.len()).filter(goes).map(step).collect()
    }

    /// Whether the thread has ended or waits for a lock or a token.
    fn gives_way(&self, thread: usize, executed: &[usize]) -> bool {
        let Some(next) = self.threads[thread].get(executed[thread]) else {
            return true;
        };
        let past = || {
            let threads = self.threads.iter().zip(executed);
            threads.flat_map(|(own, &len)| &own[..len])
        };
        let writes = past().filter(|event| event.location == next.location);
        let newest = writes.filter(|event| event.role == Role::Write || event.op == Op::Create);
        let newest = newest
            .max_by_key(|event| event.coherence)
            .map(|event| event.op);
        match (next.op, next.role) {
            (Op::Lock, Role::Read) => newest == Some(Op::Lock),
            (Op::Park, Role::Read) => newest != Some(Op::Unpark),
            _ => false,
        }
    }
}

/// rf, and the start of a thread; in the model SC also co and fr.
fn comes_before(a: &TraceEvent, b: &TraceEvent, events: &[TraceEvent], model: Model) -> bool {
    let starts = a.op == Op::Spawn && a.value as usize == b.thread && b.index == 0;
    let read = b.role == Role::Read && b.reads_from == Some(a.id);
    let place = |id: Option<usize>| {
        let write = events.iter().find(|event| Some(event.id) == id);
        write.map(|write| write.coherence.unwrap_or(0))
    };
    let orders = model == Model::Sc && b.role == Role::Write && a.location == b.location;
    let ordered = orders
        && match a.role {
            Role::Write => a.coherence < b.coherence,
            Role::Read => a.id != b.id && place(a.reads_from) < b.coherence && !is_own_read(a, b),
            Role::Other => false,
        };
    starts || read || ordered
}

/// The read of the update that the write belongs to.
fn is_own_read(read: &TraceEvent, write: &TraceEvent) -> bool {
    read.thread == write.thread && read.index + 1 == write.index
}

fn bounded(model: Model, preemptions: usize, mutation: Option<Mutation>) -> Config {
    Config {
        max_preemptions: Some(preemptions),
        mutation,
        ..Config::new(model)
    }
}

pub(crate) fn all_programs() -> impl Strategy<Value = Program> {
    prop_oneof![programs(), sc_programs(), waiting_programs()]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn all_within_a_bound_on_preemptions_are_found(program in all_programs()) {
        for model in [Model::Sc, Model::Cpp20] {
            let Some(all) = graphs(&program, Config::new(model)) else { continue };
            for bound in 0..3 {
                let within: BTreeMap<_, _> = all.clone().into_iter().filter(|&(_, cost)| cost <= bound).collect();
                let found = graphs(&program, bounded(model, bound, None));
                prop_assert_eq!(found, Some(within), "{:?} within {}", model, bound);
            }
        }
    }
}

#[test]
fn without_slack_executions_are_missed() {
    let mut runner = TestRunner::deterministic();
    let misses = |program: &Program| {
        let found = |mutation| graphs(program, bounded(Model::Sc, 0, mutation));
        let (right, broken) = (found(None), found(Some(Mutation::NoSlack)));
        right.is_some() && right != broken
    };
    let mut drawn =
        (0..2_000).filter_map(|_| Some(sc_programs().new_tree(&mut runner).ok()?.current()));
    assert!(drawn.any(|program| misses(&program)));
}
