//! Does the collector end cycles through iterators, cells, tuples, dicts and callbacks?

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::knot::{Knot, Tying, knot, weak};
use crate::rt::objects::dict::{self, Dict};
use crate::rt::objects::list::{self, List};
use crate::rt::objects::{cell, gc, iterator, new_ref, tuple};
use crate::rt::protocols::thread_state::ThreadState;
use crate::scenarios::containers::{Shared, Stage, drop_ref, int};

const RUNS: &str = "the other thread ran";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "safepoint_gc_ends_iterators",
    pillar: Pillar::Safepoint,
    question: "Does the collector end cycles through iterators, cells, tuples, dicts and callbacks?",
    always: "all are found, and nothing is left",
    sometimes: &[RUNS],
    bound: Bound::Preemptions(2),
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::with_hooks(&Tying);
    let kept = knot(stage.thread(0), None);
    tangle(stage.thread(0), kept);
    let (told, seen) = (claims.clone(), claims.clone());
    let stage = stage.run([
        Box::new(move |ts| {
            let found = gc::collect(ts);
            told.always(SCENARIO.always, found == Some(7), || format!("{found:?}"));
        }),
        Box::new(move |ts| {
            seen.sometimes(RUNS, true);
            ts.detach();
        }),
    ]);
    let whole = kept.items() == [None, None];
    claims.always("what was not garbage is whole", whole, || "it is not");
    stage.thread(1).attach();
    stage.finish(&[kept.value()]);
}

/// A list of things that each lead back to it, and nothing else does.
fn tangle(ts: &ThreadState, kept: Shared<Knot>) {
    let all = list::new(ts, &[]);
    let again = || new_ref(ts, all);
    let dict = dict::new(ts);
    let inside: &Dict = dict.downcast().expect("a dict");
    dict::insert(ts, inside, int(1), again()).expect("it has a hash");
    let things = [
        iterator::new(ts, again()),
        iterator::over_table(ts, new_ref(ts, dict)),
        cell::new(ts, Some(again())),
        tuple::new(ts, &[int(0), again()]),
        weak(ts, kept, Some(again())),
        dict,
    ];
    let items: &List = all.downcast().expect("a list");
    list::extend(ts, items, &things);
    drop_ref(ts, all);
}
