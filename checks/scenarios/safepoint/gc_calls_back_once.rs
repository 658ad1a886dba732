//! Does the collector call back for the weak references to garbage that are not garbage themselves, and only for those?

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::knot::{Knot, Tying, knot, tie, weak};
use crate::rt::objects::list::{self, List};
use crate::rt::objects::weakref::{self, WeakRef};
use crate::rt::objects::{Value, gc, new_ref};
use crate::rt::protocols::thread_state::ThreadState;
use crate::scenarios::containers::{Shared, Stage, drop_ref};

const ALIVE: &str = "a weak reference led to the object before the collection";
const GONE: &str = "a weak reference led to nothing";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "safepoint_gc_calls_back_once",
    pillar: Pillar::Safepoint,
    question: "Does the collector call back for the weak references to garbage that are not garbage themselves, and only for those?",
    always: "the callback runs once, and nobody finds an object that was taken apart",
    sometimes: &[ALIVE, GONE],
    bound: Bound::Preemptions(2),
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::with_hooks(&Tying);
    let owner = stage.thread(0);
    let calls = Shared::<List>::new(list::new(owner, &[]));
    let (first, second) = (knot(owner, None), knot(owner, None));
    let outside = weak(owner, first, Some(new_ref(owner, calls.value())));
    let inside = weak(owner, second, Some(new_ref(owner, calls.value())));
    tie(first, [Some(second.value()), None]);
    tie(second, [Some(first.value()), Some(inside)]);
    let (told, seen) = (claims.clone(), claims.clone());
    let stage = stage.run([
        Box::new(move |ts| {
            let found = gc::collect(ts);
            told.always(
                "the knots and the weak reference are found",
                found == Some(3),
                || format!("{found:?}"),
            );
        }),
        Box::new(move |ts| {
            ts.detached(|| ());
            look(ts, outside, &seen);
            ts.detach();
        }),
    ]);
    let count = calls.len();
    claims.always("the callback runs once", count == 1, || count);
    stage.thread(1).attach();
    stage.finish(&[outside, calls.value()]);
}

/// Looks for the object that a weak reference leads to.
fn look(ts: &ThreadState, reference: Value, claims: &Claims) {
    let reference: &WeakRef = reference.downcast().expect("a weak reference");
    let found = weakref::get(ts, reference);
    claims.sometimes(ALIVE, found.is_some());
    claims.sometimes(GONE, found.is_none());
    if let Some(found) = found {
        let knot = found.downcast::<Knot>().expect("a knot");
        let whole = knot.items()[0].is_some();
        claims.always("the object is whole", whole, || "it was taken apart");
        drop_ref(ts, found);
    }
}
