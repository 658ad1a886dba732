//! Does the collector leave what it is told to keep as it is?

use std::sync::Arc;

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::knot::{Knot, Tying, knot, tie};
use crate::rt::objects::gc::{self, Fate};
use crate::rt::objects::list::{self, List};
use crate::rt::objects::{Value, new_ref};
use crate::rt::protocols::thread_state::ThreadState;
use crate::rt::sync::atomic::AtomicU8;
use crate::rt::sync::atomic::Ordering::Relaxed;
use crate::rt::sync::hint;
use crate::scenarios::containers::{Stage, drop_ref};

const BUSY: &str = "another thread found the collector at work";
const AFTER: &str = "another thread collected after it";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "safepoint_gc_leaves_what_it_is_told",
    pillar: Pillar::Safepoint,
    question: "Does the collector leave what it is told to keep as it is?",
    always: "what is kept is whole, is nobody's garbage while it is held, and ends when it is dropped",
    sometimes: &[BUSY, AFTER],
    bound: Bound::Preemptions(2),
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::with_hooks(&Tying);
    let owner = stage.thread(0);
    let kept = knot(owner, None);
    tie(kept, [Some(kept.value()), None]);
    let ended = list::new(owner, &[]);
    let inside: &List = ended.downcast().expect("a list");
    list::append(owner, inside, new_ref(owner, ended));
    drop_ref(owner, ended);
    let (told, other) = (claims.clone(), claims.clone());
    let at_work = Arc::new(AtomicU8::new("at work", 0));
    let seen = Arc::clone(&at_work);
    let stage = stage.run([
        Box::new(move |ts| {
            collect(ts, &at_work, &told);
            ts.detach();
        }),
        Box::new(move |ts| {
            ts.detached(|| {
                while seen.load(Relaxed) == 0 {
                    hint::spin();
                }
            });
            let found = gc::in_turn(ts, |_| ());
            other.sometimes(BUSY, found.is_none());
            other.sometimes(AFTER, found.is_some());
            ts.detach();
        }),
    ]);
    let ts = stage.thread(0);
    ts.attach();
    let whole = kept.items()[0].is_some();
    claims.always("what is kept is whole", whole, || "it was taken apart");
    let early = gc::collect(ts);
    claims.always("it is no garbage", early == Some(0), || {
        format!("{early:?}")
    });
    drop_ref(ts, kept.value());
    let found = gc::collect(ts);
    claims.always("it ends when it is dropped", found == Some(1), || {
        format!("{found:?}")
    });
    stage.thread(1).attach();
    stage.finish(&[]);
}

/// Collects, and takes a reference to each knot instead of letting it end.
fn collect(ts: &ThreadState, at_work: &AtomicU8, claims: &Claims) {
    let judge = &mut |value: Value| match value.downcast::<Knot>() {
        Some(_) => {
            let _kept = new_ref(ts, value);
            Fate::Kept
        }
        None => {
            at_work.store(1, Relaxed);
            Fate::Cleared
        }
    };
    let again = |found: usize| (found, gc::collect(ts));
    let found = gc::in_turn(ts, |turn| again(turn.collect(judge)));
    // Whoever is at it already does not begin again.
    let right = found == Some((2, None));
    claims.always("two are found", right, || format!("{found:?}"));
}
