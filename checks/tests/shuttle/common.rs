//! What the tests of the shuttle world share.

use std::time::Duration;

use checks_shuttle::rt::sync::checker::explore;
use checks_shuttle::rt::sync::thread::{self, JoinHandle};
use reports::failure::{Failure, FailureKind};
use reports::plan::{Coverage, Exploration, Plan, Search};
use reports::scenario::{Bound, Claims, Pillar, Scenario};

const STACK: usize = 64 * 1024;

pub(crate) fn scenario(body: fn(&Claims)) -> Scenario {
    Scenario {
        name: "oracle",
        pillar: Pillar::Safepoint,
        question: "Does the oracle see it?",
        always: "it does",
        sometimes: &[],
        bound: Bound::Complete,
        body,
    }
}

pub(crate) fn plan(search: Search) -> Plan {
    Plan::new(search, Duration::from_secs(60))
}

pub(crate) fn dfs() -> Plan {
    plan(Search::Dfs { limit: 1_000_000 })
}

/// Explores every schedule of the body.
pub(crate) fn run(body: fn(&Claims)) -> Exploration {
    explore(&dfs(), &scenario(body))
}

#[track_caller]
pub(crate) fn fails(exploration: &Exploration, kind: FailureKind) -> &Failure {
    let failure = exploration.failure.as_ref().expect("the body is broken");
    assert_eq!(failure.kind, kind, "{failure:#?}");
    failure
}

#[track_caller]
pub(crate) fn holds(exploration: &Exploration) {
    assert!(exploration.failure.is_none(), "{:#?}", exploration.failure);
    assert_eq!(exploration.coverage, Coverage::Exhaustive);
}

pub(crate) fn spawn<T: Send + 'static>(
    name: &str,
    body: impl FnOnce() -> T + Send + 'static,
) -> JoinHandle<T> {
    thread::spawn(name, STACK, body).expect("the model gives threads")
}

/// Runs the bodies in threads T1, T2 and so on, and waits for them.
pub(crate) fn threads<const N: usize>(bodies: [Box<dyn FnOnce() + Send>; N]) {
    let named = bodies.into_iter().zip(1..);
    let handles: Vec<_> = named
        .map(|(body, number)| spawn(&format!("T{number}"), body))
        .collect();
    handles.into_iter().for_each(JoinHandle::join);
}
