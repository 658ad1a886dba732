//! Faults of threads that wait for each other: at the end of the interpreter, outside of a section, for a call.

use reports::failure::FailureKind;

use super::Fault;

pub(super) const ALL: &[Fault] = &[
    Fault {
        name: "sg4-turn-of-its-own-again",
        origin: "gh-137433",
        what: "a thread that ends the interpreter, and so never restarts the world, waits for its turn again when its end stops the world",
        scenario: "safepoint_end_keeps_others_outside",
        kind: FailureKind::Deadlock,
        property: "worker",
        weak_memory: false,
    },
    Fault {
        name: "sg9-states-freed-at-the-end",
        origin: "gh-124878",
        what: "the end of the interpreter frees the states of threads that are outside and may come back",
        scenario: "safepoint_end_keeps_others_outside",
        kind: FailureKind::UseAfterFree,
        property: "thread state",
        weak_memory: false,
    },
    Fault {
        name: "cs4-first-lock-kept",
        origin: "gh-155400",
        what: "a thread that goes outside in a section of two locks gives up one of them",
        scenario: "safepoint_pair_opens_outside",
        kind: FailureKind::Deadlock,
        property: "worker",
        weak_memory: false,
    },
    Fault {
        name: "lk4-sleeper-before-request",
        origin: "gh-122201",
        what: "who asks the main thread looks for where it sleeps, and leaves the request in a second step",
        scenario: "safepoint_pending_wakes",
        kind: FailureKind::Deadlock,
        property: "worker",
        weak_memory: false,
    },
    Fault {
        name: "sg6-place-of-another-stop",
        origin: "gh-125859",
        what: "a collection believes the place that an earlier stop has written into an object",
        scenario: "safepoint_gc_calls_back_once",
        kind: FailureKind::Invariant,
        property: "gc 1",
        weak_memory: false,
    },
    Fault {
        name: "sg5-woken-means-free",
        origin: "derived: a tempting fix of gh-151518",
        what: "a thread that is woken by a restart goes inside, though the next stop already holds it",
        scenario: "safepoint_stop_again",
        kind: FailureKind::Invariant,
        property: "stop 1",
        weak_memory: false,
    },
    Fault {
        name: "lk5-meant-for-another",
        origin: "derived from gh-122201: the other sleepers of the key",
        what: "a thread whose sleep ends because the main thread is asked believes that what it waits for has come",
        scenario: "safepoint_pending_leaves_others_asleep",
        kind: FailureKind::Claim,
        property: "its sleep ends when what it waits for has come",
        weak_memory: false,
    },
];
