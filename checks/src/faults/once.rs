//! Faults of what is done once.

use reports::failure::FailureKind::{Claim, Deadlock};

use super::Fault;

pub(super) const ALL: &[Fault] = &[
    Fault {
        name: "mi4-failure-leaves-running",
        origin: "gh-127020, gh-111956",
        what: "A failed attempt to make a lazy field leaves the flag as if it were still going on.",
        scenario: "once_failure_lets_another_try",
        kind: Deadlock,
        property: "worker",
        weak_memory: false,
    },
    Fault {
        name: "mi4-failure-means-done",
        origin: "gh-127020, gh-111956",
        what: "A failed attempt to make a lazy field sets the flag to done.",
        scenario: "once_failure_lets_another_try",
        kind: Claim,
        property: "it was made by the second attempt",
        weak_memory: false,
    },
];
