//! Faults of what the library's native modules share.

use reports::failure::FailureKind::{Claim, DataRace, Deadlock, Invariant};

use super::Fault;

pub(super) const ALL: &[Fault] = &[
    Fault {
        name: "dq1-push-in-two-sections",
        origin: "derived: an append is a read and a write, as in a deque without a lock",
        what: "An append gives the lock up between the old items and the new ones.",
        scenario: "library_deque_appends_lose_nothing",
        kind: Claim,
        property: "both appends count",
        weak_memory: false,
    },
    Fault {
        name: "dq2-room-made-before",
        origin: "derived: maxlen is kept by a second step",
        what: "A full deque gives up an item in one section and gets the new one in another.",
        scenario: "library_deque_stays_bounded",
        kind: Invariant,
        property: "deque 2",
        weak_memory: false,
    },
    Fault {
        name: "dq3-looked-before-taken",
        origin: "derived: the item that is given is not the one that was taken out",
        what: "A pop looks at the item in one section and takes one out in another.",
        scenario: "library_deque_items_go_to_one",
        kind: Claim,
        property: "Two threads that take an item each have both items",
        weak_memory: false,
    },
    Fault {
        name: "lr1-call-without-a-section",
        origin: "derived: CPython 3.14 holds no section around the function",
        what: "A call of a function with kept results does not hold the lock while the function runs.",
        scenario: "library_lru_makes_once",
        kind: Claim,
        property: "The function runs once",
        weak_memory: false,
    },
    Fault {
        name: "lr2-room-looked-for-before",
        origin: "derived: the function gives the lock up",
        what: "Whether there is room for a result is looked at before the function runs.",
        scenario: "library_lru_stays_bounded",
        kind: Invariant,
        property: "lru 2",
        weak_memory: false,
    },
    Fault {
        name: "sq1-put-wakes-nobody",
        origin: "derived: a put without its second half",
        what: "An item is put into a queue and nobody is woken.",
        scenario: "library_queue_wakes",
        kind: Deadlock,
        property: "worker",
        weak_memory: false,
    },
    Fault {
        name: "sq2-announced-after-the-look",
        origin: "derived: the lost wake-up",
        what: "A thread finds a queue empty in one section and says in another that it will sleep.",
        scenario: "library_queue_wakes",
        kind: Deadlock,
        property: "worker",
        weak_memory: false,
    },
    Fault {
        name: "sq3-last-item-first",
        origin: "derived: the order of a queue",
        what: "The item that was put in last comes out first.",
        scenario: "library_queue_keeps_order",
        kind: Claim,
        property: "The item that went in first comes out first",
        weak_memory: false,
    },
    Fault {
        name: "tw1-draw-without-lock",
        origin: "derived: a generator whose words threads move on without its lock",
        what: "A draw from a generator of random numbers does not take the lock.",
        scenario: "library_twister_draws_differ",
        kind: DataRace,
        property: "twister",
        weak_memory: false,
    },
];
