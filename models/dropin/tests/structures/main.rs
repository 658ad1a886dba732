//! Five small lock-free structures, each with mistakes that can be switched on: the checker finds
//! every mistake, and nothing wrong without one.

// The threads of a model are coroutines: what they share need not be `Sync`, as under loom.
#![allow(clippy::arc_with_non_send_sync)]

mod count;
mod event;
mod queue;
mod ring;
mod stack;

use std::sync::atomic::Ordering;

use loom::model::Builder;

/// The mistake that is on; empty for none.
#[derive(Clone, Copy)]
struct Mistake(&'static str);

impl Mistake {
    fn is(self, name: &str) -> bool {
        self.0 == name
    }

    /// The order, weakened if that is the mistake.
    fn order(self, name: &str, order: Ordering) -> Ordering {
        match self.is(name) {
            true => Ordering::Relaxed,
            false => order,
        }
    }
}

/// A structure, and with which words each mistake must fail.
struct Structure {
    name: &'static str,
    model: fn(Mistake),
    mistakes: &'static [(&'static str, &'static str)],
}

const ALL: [Structure; 5] = [
    ring::RING,
    stack::STACK,
    queue::QUEUE,
    count::COUNT,
    event::EVENT,
];

#[test]
fn without_a_mistake_each_structure_holds() {
    for Structure { name, model, .. } in ALL {
        let outcome = Builder::new().explore(move || model(Mistake("")));
        println!("{name}: {outcome}");
        assert_eq!(outcome.failure(), None, "{name}");
        let verdict = outcome.verdict();
        let ended = verdict == "exhaustive" || verdict.starts_with("bounded(");
        assert!(ended, "{name}: {verdict}");
    }
}

#[test]
fn every_mistake_is_found() {
    let mut missed = Vec::new();
    for Structure {
        name,
        model,
        mistakes,
    } in ALL
    {
        for &(mistake, words) in mistakes {
            let outcome = Builder::new().explore(move || model(Mistake(mistake)));
            println!("{name}, {mistake}: {outcome}");
            let failure = outcome.failure().unwrap_or("nothing");
            if !failure.contains(words) || outcome.failure().is_none() {
                missed.push(format!("{name}, {mistake}: {failure}"));
            }
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}
