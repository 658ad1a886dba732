//! Faults of the list protocols.

use reports::failure::FailureKind::{Claim, DataRace, DoubleFree, Invariant, UseAfterFree};

use super::Fault;

pub(super) const ALL: &[Fault] = &[
    Fault {
        name: "li1-writer-does-not-mark",
        origin: "gh-127521",
        what: "A writer that does not own the list resizes it unmarked, so the old array is freed under its owner.",
        scenario: "list_owner_get_vs_foreign_growth",
        kind: UseAfterFree,
        property: "items#1",
        weak_memory: false,
    },
    Fault {
        name: "li2-reader-does-not-mark",
        origin: "derived: twin of gh-144295",
        what: "A reader that does not own the list reads it unmarked, so the owner frees the old array at once.",
        scenario: "list_get_vs_growth",
        kind: UseAfterFree,
        property: "items#1",
        weak_memory: false,
    },
    Fault {
        name: "li3-shift-relaxed",
        origin: "gh-129069",
        what: "An insert moves items with stores that carry nothing, as a memmove does.",
        scenario: "list_get_vs_shift",
        kind: DataRace,
        property: "touched only after it was published",
        weak_memory: false,
    },
    Fault {
        name: "li4-append-without-lock",
        origin: "gh-127536, gh-129643",
        what: "An append does not take the list's lock.",
        scenario: "list_appends_lose_nothing",
        kind: Claim,
        property: "appends lose nothing",
        weak_memory: false,
    },
    Fault {
        name: "m6-index-checked-against-len",
        origin: "derived: the list's length and its array change in two steps",
        what: "A reader checks its index against the length, which can belong to another array.",
        scenario: "list_get_vs_growth",
        kind: Invariant,
        property: "list 3",
        weak_memory: false,
    },
    Fault {
        name: "qs-array-freed-at-once",
        origin: "derived: the array of a shared list needs QSBR",
        what: "A writer frees the old array of a shared list at once.",
        scenario: "list_get_vs_growth",
        kind: UseAfterFree,
        property: "items#1",
        weak_memory: false,
    },
    Fault {
        name: "qs-removed-item-not-deferred",
        origin: "derived: a lock-free reader needs the header of what it found",
        what: "An item that was removed from a shared container is freed as soon as it dies.",
        scenario: "list_get_vs_pop",
        kind: UseAfterFree,
        property: "float#1",
        weak_memory: false,
    },
    Fault {
        name: "rd-count-without-asking",
        origin: "derived: a pointer that was read without a lock is no reference",
        what: "A reader without the lock counts what it found without asking whether it is dead.",
        scenario: "list_get_vs_pop",
        kind: DoubleFree,
        property: "float#1",
        weak_memory: false,
    },
    Fault {
        name: "fl1-renewed-while-shared",
        origin: "derived: what has one reference is not yet one's own",
        what: "The result of an operator is written into an operand without asking whether others have it.",
        scenario: "list_renewed_vs_get",
        kind: DataRace,
        property: "float",
        weak_memory: false,
    },
];
