//! Faults of what one thread at a time may run: generator frames and iterators.

use reports::failure::FailureKind::{Claim, DataRace, Invariant};

use super::Fault;

pub(super) const ALL: &[Fault] = &[
    Fault {
        name: "mi1-test-then-set",
        origin: "gh-120321",
        what: "A frame is claimed by a test and a store.",
        scenario: "claim_one_thread_runs",
        kind: DataRace,
        property: "frame",
        weak_memory: false,
    },
    Fault {
        name: "mi2-loaded-then-cleared",
        origin: "gh-156310, gh-154130",
        what: "A thread that comes to the end of an iterator loads the source, and clears the slot after that.",
        scenario: "claim_exhausted_once",
        kind: Invariant,
        property: "refcount 1",
        weak_memory: false,
    },
    Fault {
        name: "po1-load-then-store",
        origin: "derived: gh-120608, iterators that threads share",
        what: "A step of an iterator that threads share takes its position by a load and a store.",
        scenario: "claim_positions_are_taken_once",
        kind: Claim,
        property: "Three steps of two threads take three positions",
        weak_memory: false,
    },
    Fault {
        name: "po2-end-looked-for-first",
        origin: "derived: the end of an iterator is for ever",
        what: "`__setstate__` looks whether the iterator has ended, and stores the position after that.",
        scenario: "claim_end_of_positions_stays",
        kind: Claim,
        property: "There is nothing more after the end",
        weak_memory: false,
    },
    Fault {
        name: "mi5-stopped-after-the-event",
        origin: "gh-116372",
        what: "a thread lets those go who have joined it, and is marked as ended in a second step",
        scenario: "claim_joined_thread_has_ended",
        kind: Claim,
        property: "a thread that was joined has ended",
        weak_memory: false,
    },
    Fault {
        name: "mi5-looked-then-started",
        origin: "derived: the twin at a thread's other end",
        what: "whether a thread can be started is looked at before it is marked as started",
        scenario: "claim_thread_starts_once",
        kind: Claim,
        property: "the thread is started once",
        weak_memory: false,
    },
];
