//! Faults of the dict protocols.

use reports::failure::FailureKind::{Claim, DataRace, Invariant, UseAfterFree};

use super::Fault;

pub(super) const ALL: &[Fault] = &[
    Fault {
        name: "di1-key-not-tested",
        origin: "gh-132869",
        what: "A lookup without the lock takes for granted that an entry in the table has a key.",
        scenario: "dict_get_vs_delete",
        kind: Invariant,
        property: "dict 2",
        weak_memory: false,
    },
    Fault {
        name: "di1-index-before-entry",
        origin: "derived: the writer's half of gh-132869",
        what: "An addition publishes the place in the table before the entry is filled.",
        scenario: "dict_get_vs_insert",
        kind: DataRace,
        property: "hash",
        weak_memory: false,
    },
    Fault {
        name: "di2-reader-does-not-mark",
        origin: "gh-144295",
        what: "A reader that does not own the dict reads it unmarked, so the owner frees the old keys at once.",
        scenario: "dict_get_vs_resize",
        kind: UseAfterFree,
        property: "keys#1",
        weak_memory: false,
    },
    Fault {
        name: "di5-usable-first",
        origin: "gh-112075, PR 114741",
        what: "An addition lowers the usable count before it raises the count of entries.",
        scenario: "dict_room_vs_insert",
        kind: Claim,
        property: "the room is at least the capacity",
        weak_memory: false,
    },
    Fault {
        name: "di6-value-relaxed",
        origin: "gh-112075, PR 115786",
        what: "A replaced value is stored with a store that carries nothing, since the writer holds the lock.",
        scenario: "dict_get_vs_replace",
        kind: DataRace,
        property: "touched only after it was published",
        weak_memory: false,
    },
    Fault {
        name: "di10-clear-drops-first",
        origin: "gh-130555, gh-151228",
        what: "A clear gives the items back one by one while they can still be found.",
        scenario: "dict_get_vs_clear",
        kind: Claim,
        property: "a clear is seen in one step",
        weak_memory: false,
    },
    Fault {
        name: "qs-removed-key-not-deferred",
        origin: "derived: an unlocked look-up compares with keys that it has no reference to",
        what: "A key that leaves a shared dict is freed at once when its last reference goes.",
        scenario: "dict_get_vs_key_removed",
        kind: UseAfterFree,
        property: "str#",
        weak_memory: false,
    },
    Fault {
        name: "qs-keys-freed-at-once",
        origin: "derived: the keys of a shared dict need QSBR",
        what: "A writer frees the old keys of a shared dict at once.",
        scenario: "dict_get_vs_resize",
        kind: UseAfterFree,
        property: "keys#1",
        weak_memory: false,
    },
    Fault {
        name: "dict-version-not-checked",
        origin: "derived: a comparison may give the lock up",
        what: "A lookup goes on in the old keys block after Python code compared keys and other threads ran.",
        scenario: "dict_lookup_runs_code",
        kind: UseAfterFree,
        property: "keys#1",
        weak_memory: false,
    },
];
