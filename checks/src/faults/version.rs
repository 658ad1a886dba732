//! Faults of class versions and the cache of attribute lookups.

use reports::failure::FailureKind::{Claim, DoubleFree};

use super::Fault;

pub(super) const ALL: &[Fault] = &[
    Fault {
        name: "tc1-read-without-fence",
        origin: "gh-121368",
        what: "A reader of the cache reads the sequence again without a fence after the words.",
        scenario: "version_read_vs_fill",
        kind: Claim,
        property: "a hit is of one fill",
        weak_memory: true,
    },
    Fault {
        name: "tc1-fill-without-fence",
        origin: "gh-121368",
        what: "A fill writes the words without a fence after it made the sequence odd.",
        scenario: "version_read_vs_fill",
        kind: Claim,
        property: "a hit is of one fill",
        weak_memory: true,
    },
    Fault {
        name: "tc2-version-after-lookup",
        origin: "gh-132942",
        what: "A lookup reads the version of the class after it found the value.",
        scenario: "version_fill_vs_modify",
        kind: Claim,
        property: "the cache has the new value",
        weak_memory: false,
    },
    Fault {
        name: "tc-version-assigned-while-modified",
        origin: "derived: a version that is assigned between the invalidation and the change stands for both",
        what: "A class gets a version while it is being changed.",
        scenario: "version_fill_vs_modify",
        kind: Claim,
        property: "the cache has the new value",
        weak_memory: false,
    },
    Fault {
        name: "tc3-value-borrowed",
        origin: "gh-118362",
        what: "A hit counts the value without asking whether it is dead.",
        scenario: "version_hit_vs_modify",
        kind: DoubleFree,
        property: "float#1",
        weak_memory: false,
    },
    Fault {
        name: "tc3-change-before-invalidation",
        origin: "gh-118492",
        what: "A class is changed before its version is taken away.",
        scenario: "version_hit_vs_modify",
        kind: Claim,
        property: "the cache is not older than the class",
        weak_memory: false,
    },
];
