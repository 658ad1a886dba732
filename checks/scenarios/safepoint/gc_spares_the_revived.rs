//! Does the collector spare what a finalizer made reachable again, and end the rest?

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::knot::{Knot, Tying, knot, tie};
use crate::rt::objects::gc;
use crate::rt::objects::list::{self, List};
use crate::rt::protocols::thread_state::ThreadState;
use crate::rt::sync::hint;
use crate::scenarios::containers::{Shared, Stage, drop_ref, int};

const TAKEN: &str = "another thread took the object while the collector was at it";
const LEFT: &str = "the object was spared";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "safepoint_gc_spares_the_revived",
    pillar: Pillar::Safepoint,
    question: "Does the collector spare what a finalizer made reachable again, and end the rest?",
    always: "what was revived is whole until it is dropped, and is found by the next collection",
    sometimes: &[TAKEN, LEFT],
    bound: Bound::Preemptions(2),
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::with_hooks(&Tying);
    let owner = stage.thread(0);
    let keeper = Shared::<List>::new(list::new(owner, &[]));
    let (revived, lost) = (knot(owner, Some(keeper)), knot(owner, None));
    let below = list::new(owner, &[int(7)]);
    tie(revived, [Some(revived.value()), Some(below)]);
    tie(lost, [Some(lost.value()), None]);
    let told = claims.clone();
    let (counts, count) = std::sync::mpsc::channel();
    let stage = stage.run([
        Box::new(move |ts| {
            let found = gc::collect(ts);
            counts.send(found).expect("somebody counts");
        }),
        Box::new(move |ts| {
            ts.detached(|| {
                while keeper.is_empty() {
                    hint::spin();
                }
            });
            told.sometimes(TAKEN, take(ts, &keeper, &told));
            ts.detach();
        }),
    ]);
    let ts = stage.thread(0);
    let first = count.recv().expect("it was counted").unwrap_or(0);
    claims.sometimes(LEFT, first == 1);
    take(ts, &keeper, claims);
    let second = gc::collect(ts).unwrap_or(0);
    let all = (first, second) == (1, 2) || (first, second) == (3, 0);
    claims.always("each is found once", all, || {
        format!("{first} and {second}")
    });
    let again = keeper.len();
    claims.always("each is finalized once", again == 0, || again);
    stage.thread(1).attach();
    stage.finish(&[keeper.value()]);
}

/// Takes the object that was revived, if it is there, and drops it.
fn take(ts: &ThreadState, keeper: &List, claims: &Claims) -> bool {
    let Some(kept) = list::pop(ts, keeper, 0) else {
        return false;
    };
    let knot: &Knot = kept.downcast().expect("a knot");
    let whole = knot.items().iter().all(Option::is_some);
    claims.always("what was revived is whole", whole, || "it was taken apart");
    drop_ref(ts, kept);
    true
}
