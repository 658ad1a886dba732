//! A bound on stale reads leaves exactly the graphs within it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

use graph_engine::{Config, Engine, Model, Role, Trace, TraceEvent, Verdict};
use proptest::prelude::*;

use crate::oracle::engine::is_vain_try;
use crate::oracle::program::{Program, programs, waiting_programs};
use crate::oracle::{self, Signature};

/// Complete graphs and how many of their reads are stale. `None`: the program fails.
fn graphs(program: &Program, max_stale_reads: Option<usize>) -> Option<BTreeMap<Signature, usize>> {
    let seen: Arc<Mutex<BTreeMap<Signature, usize>>> = Arc::default();
    let found = Arc::clone(&seen);
    let program = program.clone();
    let config = Config {
        max_stale_reads,
        // Everything that is found is kept, so a program with more is left out.
        max_graphs: Some(20_000),
        ..Config::new(Model::Rc11)
    };
    let exploration = Engine::new(config)
        .observe(move |execution| {
            let entry = (
                oracle::engine::signature(execution),
                stale_reads(&execution.trace()),
            );
            found.lock().expect("no observer panics").extend([entry]);
        })
        .run(move || oracle::engine::run(&program));
    let expected = if max_stale_reads.is_some() {
        Verdict::Bounded
    } else {
        Verdict::Exhaustive
    };
    let seen = seen.lock().expect("no observer panics").clone();
    (exploration.verdict == expected && exploration.counts.complete == seen.len() as u64)
        .then_some(seen)
}

/// Reads of a write although a newer one is an ancestor by program order and reads-from.
fn stale_reads(trace: &Trace) -> usize {
    let stale = |event: &&TraceEvent| {
        let Some(source) = event
            .reads_from
            .filter(|_| event.role == Role::Read && !is_vain_try(event))
        else {
            return false;
        };
        let place = |id: usize| {
            trace
                .event(id)
                .and_then(|write| write.coherence)
                .unwrap_or(0)
        };
        let newer = |id: usize| {
            let write = trace
                .event(id)
                .filter(|write| write.role == Role::Write && write.location == event.location);
            write.is_some_and(|write| place(write.id) > place(source))
        };
        ancestors(trace, event).into_iter().any(newer)
    };
    trace.events.iter().filter(stale).count()
}

fn ancestors(trace: &Trace, event: &TraceEvent) -> BTreeSet<usize> {
    let mut found = BTreeSet::new();
    let mut left = vec![event];
    while let Some(event) = left.pop() {
        let before =
            |other: &&TraceEvent| other.thread == event.thread && other.index + 1 == event.index;
        let parents = trace
            .events
            .iter()
            .find(before)
            .into_iter()
            .chain(event.reads_from.and_then(|id| trace.event(id)));
        left.extend(parents.filter(|parent| found.insert(parent.id)));
    }
    found
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_bound_leaves_the_graphs_within_it(program in prop_oneof![programs(), waiting_programs()]) {
        let Some(all) = graphs(&program, None) else { return Ok(()) };
        for bound in 0..2 {
            let within: BTreeMap<_, _> = all.clone().into_iter().filter(|&(_, stale)| stale <= bound).collect();
            prop_assert_eq!(graphs(&program, Some(bound)), Some(within), "bound {}", bound);
        }
    }
}
