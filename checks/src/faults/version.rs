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
    Fault {
        name: "ab1-token-before-entry",
        origin: "derived: _abc's invalidation counter",
        what: "A registration raises the token before the class is in the registry.",
        scenario: "version_registration_vs_answer",
        kind: Claim,
        property: "Nobody recalls that a registered class is no subclass",
        weak_memory: false,
    },
    Fault {
        name: "ab2-token-after-search",
        origin: "derived: _abc's invalidation counter",
        what: "A negative answer is kept with the token as it is after the search.",
        scenario: "version_registration_vs_answer",
        kind: Claim,
        property: "Nobody recalls that a registered class is no subclass",
        weak_memory: false,
    },
    Fault {
        name: "ab3-old-among-new",
        origin: "derived: _abc's negative cache and its version",
        what: "A negative answer of an older token is kept among those of the present one.",
        scenario: "version_old_answer_is_forgotten",
        kind: Claim,
        property: "What is recalled of two classes is right",
        weak_memory: false,
    },
];
