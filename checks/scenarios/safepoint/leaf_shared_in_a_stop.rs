//! A leaf that several threads count is taken from its owner in a stop, removed, and ended by a collection.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use crate::rt::objects::gc;
use crate::rt::objects::list::{self, List};
use crate::rt::protocols::thread_state::ThreadState;
use crate::scenarios::containers::{Shared, Stage, drop_ref, readable, take};

const BEFORE: &str = "the owner counted it as its own after the start";
const AFTER: &str = "the owner counted it as one of many";
const GONE: &str = "the owner came too late";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "safepoint_leaf_shared_in_a_stop",
    pillar: Pillar::Safepoint,
    question: "Is a leaf counted right while its count is taken from an owner that uses it?",
    always: "the owner finds the leaf or nothing, and the collection that follows ends it",
    sometimes: &[BEFORE, AFTER, GONE],
    bound: Bound::Preemptions(2),
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let owner = stage.thread(0);
    let leaf = readable(owner, 7);
    let shared = Shared::<List>::new(list::new(owner, &[leaf]));
    let told = claims.clone();
    let stage = stage.run([
        Box::new(move |ts| use_twice(ts, shared, &told)),
        Box::new(move |ts| share_and_remove(ts, shared)),
    ]);
    let ts = stage.thread(0);
    ts.attach();
    // SAFETY: only a collection ends what is deferred.
    let count = unsafe { leaf.header().expect("an object").as_ref() }
        .count
        .snapshot();
    claims.always(SCENARIO.always, count.is_deferred, || format!("{count:?}"));
    let _ = gc::collect(ts);
    stage.thread(1).attach();
    // A leaf that the collection has not ended is a leak.
    stage.finish(&[shared.value()]);
}

/// Finds the leaf, lets the world stop, and finds it again.
fn use_twice(ts: &ThreadState, list: Shared<List>, claims: &Claims) {
    for _ in 0..2 {
        let found = list::get(ts, &list, 0);
        let count = found.and_then(|leaf| leaf.as_header().map(|header| header.count.snapshot()));
        let number = take(ts, found);
        claims.always(SCENARIO.always, matches!(number, None | Some(7)), || {
            format!("{number:?}")
        });
        claims.sometimes(BEFORE, count.is_some_and(|count| count.owner.is_some()));
        claims.sometimes(AFTER, count.is_some_and(|count| count.is_deferred));
        claims.sometimes(GONE, count.is_none());
        ts.detached(|| ());
    }
    ts.detach();
}

/// Has the leaf deferred, and takes it out of the list.
fn share_and_remove(ts: &ThreadState, list: Shared<List>) {
    if let Some(leaf) = list::get(ts, &list, 0) {
        let _ = gc::defer_for_owner(ts, leaf);
        drop_ref(ts, leaf);
    }
    let removed = list::pop(ts, &list, 0);
    removed.into_iter().for_each(|leaf| drop_ref(ts, leaf));
    ts.detach();
}
