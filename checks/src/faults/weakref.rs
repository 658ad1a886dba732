//! Faults of the weak references.

use reports::failure::FailureKind::{DataRace, UseAfterFree};

use super::Fault;

pub(super) const ALL: &[Fault] = &[
    Fault {
        name: "wr2-head-without-lock",
        origin: "gh-149816 #61, PR 150247",
        what: "The weak reference that all share is taken from the list without its lock.",
        scenario: "weakref_reuse_vs_drop",
        kind: UseAfterFree,
        property: "weakref#1",
        weak_memory: false,
    },
    Fault {
        name: "wr3-state-tested-without-lock",
        origin: "gh-135607",
        what: "The end of a weak reference tests without the lock whether there is anything to do.",
        scenario: "weakref_drop_vs_death",
        kind: DataRace,
        property: "place",
        weak_memory: false,
    },
    Fault {
        name: "m3-upgrade-outside-the-lock",
        origin: "derived: the referent must be tested and counted under the lock that its end takes",
        what: "An upgrade finds the referent under the lock and counts it after it gave the lock back.",
        scenario: "weakref_upgrade_vs_death",
        kind: UseAfterFree,
        property: "target#1",
        weak_memory: false,
    },
];
