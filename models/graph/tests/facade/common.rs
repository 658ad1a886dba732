//! What the tests share: scenarios that are only a body, and two threads.

use std::time::Duration;

use reports::failure::{Failure, FailureKind};
use reports::plan::{Exploration, Plan, Search};
use reports::scenario::{Bound, Claims, Pillar, Scenario};
use runtime_graph::sync::checker::explore;
use runtime_graph::sync::thread;

pub(crate) const STACK: usize = 64 << 10;

pub(crate) fn scenario(body: fn(&Claims)) -> Scenario {
    Scenario {
        name: "oracle",
        pillar: Pillar::Safepoint,
        question: "Does the oracle see it?",
        always: "It does.",
        sometimes: &["reached"],
        bound: Bound::Complete,
        body,
    }
}

pub(crate) fn plan() -> Plan {
    let search = Search::Graph {
        stale_reads: None,
        preemptions: None,
        shard: None,
    };
    Plan::new(search, Duration::from_secs(60))
}

pub(crate) fn run(body: fn(&Claims)) -> Exploration {
    explore(&plan(), &scenario(body))
}

#[track_caller]
pub(crate) fn fails(body: fn(&Claims), kind: FailureKind) -> Failure {
    let failure = run(body).failure.expect("the body is broken");
    assert_eq!(failure.kind, kind, "{failure:#?}");
    failure
}

#[track_caller]
pub(crate) fn holds(body: fn(&Claims)) -> Exploration {
    let exploration = run(body);
    assert!(exploration.failure.is_none(), "{:#?}", exploration.failure);
    exploration
}

/// Runs two bodies as `left` and `right`, and waits for them.
pub(crate) fn both(left: impl FnOnce() + Send + 'static, right: impl FnOnce() + Send + 'static) {
    let left = thread::spawn("left", STACK, left).expect("a thread starts");
    let right = thread::spawn("right", STACK, right).expect("a thread starts");
    left.join();
    right.join();
}

/// What the executions came to.
pub(crate) fn outcomes(exploration: &Exploration) -> Vec<&str> {
    exploration.outcomes.iter().map(String::as_str).collect()
}
