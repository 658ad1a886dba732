//! Faults of what is done once.

use reports::failure::FailureKind::{Claim, Deadlock, Invariant};

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
    Fault {
        name: "ml1-looked-late",
        origin: "derived: a waiter sleeps only while nothing has changed since it found the lock taken",
        what: "A thread that found a module's lock taken looks at the number of changes after it gave the table up.",
        scenario: "once_module_runs_once",
        kind: Deadlock,
        property: "worker",
        weak_memory: false,
    },
    Fault {
        name: "ml2-circle-not-looked-for",
        origin: "bpo-9260: the circular wait that module locks must notice",
        what: "A thread waits for a module whose thread waits for this one.",
        scenario: "once_circular_imports_end",
        kind: Deadlock,
        property: "worker",
        weak_memory: false,
    },
    Fault {
        name: "ml3-found-free-then-taken",
        origin: "derived: the module must be looked for and claimed in one step",
        what: "A thread finds a module's lock free, gives the table up, and takes the lock after that.",
        scenario: "once_module_runs_once",
        kind: Invariant,
        property: "module locks 1",
        weak_memory: false,
    },
    Fault {
        name: "ml5-not-looked-for-again",
        origin: "derived: gh-143650, a module that is not in sys.modules any more",
        what: "A thread that found a module half done, and waited for it, takes what it had found.",
        scenario: "once_failed_import_is_tried_again",
        kind: Claim,
        property: "Who gets the module gets the one that was run to its end",
        weak_memory: false,
    },
    Fault {
        name: "in1-looked-then-entered",
        origin: "derived: one object for each text",
        what: "A text is looked for in the table of interned strings, and entered in a second step.",
        scenario: "once_interned_text_is_one_object",
        kind: Claim,
        property: "Both threads get the same string",
        weak_memory: false,
    },
    Fault {
        name: "in2-entered-before-immortal",
        origin: "gh-129701",
        what: "A string is entered in the table of interned strings before it is immortal.",
        scenario: "once_interned_text_is_immortal",
        kind: Claim,
        property: "The string is immortal for each thread",
        weak_memory: false,
    },
];
