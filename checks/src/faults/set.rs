//! Faults of the set protocols.

use reports::failure::FailureKind::{Claim, Invariant, UseAfterFree};

use super::Fault;

pub(super) const ALL: &[Fault] = &[
    Fault {
        name: "se1-mask-and-table-apart",
        origin: "gh-132657, PR 142735",
        what: "A lookup without the lock takes the mask from one load and the table from another.",
        scenario: "set_contains_vs_growth",
        kind: Invariant,
        property: "set 3",
        weak_memory: false,
    },
    Fault {
        name: "se3-two-sections",
        origin: "gh-129967",
        what: "A snapshot gives the lock up between the test and the copy.",
        scenario: "set_entries_vs_clear",
        kind: Claim,
        property: "a snapshot has both keys or none",
        weak_memory: false,
    },
    Fault {
        name: "se-removed-key-not-deferred",
        origin: "derived: a lock-free reader needs the header of the key that it compares with",
        what: "A key that was removed from a shared set is freed as soon as it dies.",
        scenario: "set_contains_vs_discard",
        kind: UseAfterFree,
        property: "str#1",
        weak_memory: false,
    },
    Fault {
        name: "qs-set-table-freed-at-once",
        origin: "derived: the table of a shared set needs QSBR",
        what: "A writer frees the old table of a shared set at once.",
        scenario: "set_contains_vs_growth",
        kind: UseAfterFree,
        property: "table#1",
        weak_memory: false,
    },
    Fault {
        name: "se4-update-in-two-sections",
        origin: "derived: twin of the sum of two lists",
        what: "An update reads its source and adds the keys under one lock after the other.",
        scenario: "set_update_vs_changes",
        kind: Claim,
        property: "an update is one step",
        weak_memory: false,
    },
    Fault {
        name: "se5-subset-in-two-sections",
        origin: "found here: a comparison of two sets under changes of both",
        what: "A comparison of two sets reads one of them under its lock and asks the other afterwards.",
        scenario: "set_subset_vs_discards",
        kind: Claim,
        property: "it is a subset",
        weak_memory: false,
    },
];
