//! A finalizer keeps its object, which another thread takes and drops.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use crate::rt::objects::list::{self, List, pop};
use crate::rt::objects::{
    Error, Header, Hooks, Kind, Object, Tag, Value, alloc_value, drain_merge_queue, new_ref,
};
use crate::rt::protocols::thread_state::ThreadState;
use crate::scenarios::containers::{Shared, Stage, drop_ref};

const TAKEN: &str = "the other thread takes the object that was revived";
const LATE: &str = "the other thread comes before the finalizer";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "refcount_finalizer_revives",
    pillar: Pillar::Refcount,
    question: "Does an object that its finalizer keeps live until that reference is dropped, in whatever thread?",
    always: "The object is alive while the reference exists, and is finalized once.",
    sometimes: &[TAKEN, LATE],
    bound: Bound::Preemptions(2),
    body,
};

/// An object whose finalizer puts it into a list, which the scenario holds.
#[repr(C)]
struct Mortal {
    header: Header,
    keeper: Shared<List>,
}

// SAFETY: `repr(C)`, header first.
unsafe impl Object for Mortal {
    const KIND: &'static Kind = &Kind {
        finalized: true,
        ..Kind::leaf("mortal", Tag::Other)
    };
}

/// The finalizer.
struct Keeping;

impl Hooks for Keeping {
    fn equal(&self, _: &ThreadState, left: Value, right: Value) -> Result<bool, Error> {
        Ok(left == right)
    }

    fn hash(&self, _: &ThreadState, _: Value) -> Result<i64, Error> {
        Ok(0)
    }

    fn finalize(&self, ts: &ThreadState, value: Value) {
        let mortal: &Mortal = value.downcast().expect("nothing else has a finalizer");
        list::append(ts, &mortal.keeper, new_ref(ts, value));
    }
}

fn body(claims: &Claims) {
    let stage = Stage::<2>::with_hooks(&Keeping);
    let owner = stage.thread(0);
    let keeper = Shared::<List>::new(list::new(owner, &[]));
    let mortal = Mortal {
        header: Header::new(owner, Mortal::KIND),
        keeper,
    };
    let mortal = alloc_value(owner, mortal);
    let told = claims.clone();
    let stage = stage.run([
        Box::new(move |ts| drop_ref(ts, mortal)),
        Box::new(move |ts| {
            let kept = pop(ts, &keeper, 0);
            told.sometimes(TAKEN, kept.is_some());
            told.sometimes(LATE, kept.is_none());
            if let Some(kept) = kept {
                let alive = kept.downcast::<Mortal>().is_some();
                told.always("it is the object", alive, || format!("{kept:?}"));
                drop_ref(ts, kept);
            }
        }),
    ]);
    let ts = stage.thread(0);
    drain_merge_queue(ts);
    let left = pop(ts, &keeper, 0);
    left.into_iter().for_each(|left| drop_ref(ts, left));
    let again = pop(ts, &keeper, 0);
    claims.always("it is finalized once", again.is_none(), || "twice");
    stage.finish(&[keeper.value()]);
}
