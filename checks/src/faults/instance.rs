//! Faults of what an object makes when it is first wanted.

use reports::failure::FailureKind::{Claim, DataRace, DoubleFree, UseAfterFree};

use super::Fault;

pub(super) const ALL: &[Fault] = &[
    Fault {
        name: "di4-created-without-recheck",
        origin: "gh-112075, PR 118499",
        what: "A thread that made the dict stores it without a look whether there is one by now.",
        scenario: "instance_create_vs_create",
        kind: Claim,
        property: "there is one dict",
        weak_memory: false,
    },
    Fault {
        name: "di9-dict-not-rechecked",
        origin: "gh-149816, PR 152296",
        what: "An attribute is stored in the dict that the object had before the locks were taken.",
        scenario: "instance_setattr_vs_replace",
        kind: Claim,
        property: "the attribute is in one dict",
        weak_memory: false,
    },
    Fault {
        name: "di-held-not-deferred",
        origin: "derived: a reader in passing has no reference to the dict whose items it takes",
        what: "What a replaced dict held is freed at once when the dict dies, though its block waits.",
        scenario: "instance_passing_read_vs_replace",
        kind: UseAfterFree,
        property: "float",
        weak_memory: false,
    },
    Fault {
        name: "di-unmarked-dict-in-passing",
        origin: "derived: the blocks of an unmarked dict are freed at once",
        what: "A dict is read in passing that its reader neither owns nor has seen marked.",
        scenario: "instance_passing_read_vs_clear",
        kind: UseAfterFree,
        property: "keys",
        weak_memory: false,
    },
    Fault {
        name: "tp1-places-filled-late",
        origin: "derived: a table that is published and then filled",
        what: "The places of a text's characters are written after their table is published.",
        scenario: "instance_text_places_vs_places",
        kind: DataRace,
        property: "place",
        weak_memory: false,
    },
    Fault {
        name: "la1-counted-without-asking",
        origin: "gh-154527",
        what: "The value of a field is counted without asking whether it is dead.",
        scenario: "instance_slot_read_vs_delete",
        kind: DoubleFree,
        property: "float#1",
        weak_memory: false,
    },
    Fault {
        name: "sl1-looked-before-the-lock",
        origin: "gh-146270",
        what: "Whether a slot has a value is looked up before the lock under which it is emptied.",
        scenario: "instance_slot_deleted_once",
        kind: Claim,
        property: "one thread deletes it",
        weak_memory: false,
    },
    Fault {
        name: "sl2-given-back-twice",
        origin: "gh-153297",
        what: "The value of a slot is read before the lock under which another one is put in its place.",
        scenario: "instance_slot_deleted_once",
        kind: Claim,
        property: "it is given back once",
        weak_memory: false,
    },
];
