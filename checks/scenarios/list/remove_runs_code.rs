//! Whether a removal by value whose comparison gives the lock up takes out only what it found equal.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::{list_of, numbers};
use crate::rt::objects::list::{append, pop, remove_value};
use crate::rt::objects::{Error, Header, Hooks, Kind, Object, Tag, Value, alloc_value};
use crate::rt::protocols::thread_state::ThreadState;
use crate::scenarios::containers::{Stage, int};

const REMOVED: &str = "the item is removed";
const MISSED: &str = "the other thread pops the item while it is compared";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "list_remove_runs_code",
    pillar: Pillar::List,
    question: "Does a removal whose comparison lets other threads run take out an item that it did not find equal?",
    always: "Either thread takes the equal item out, and the other item goes only by a pop.",
    sometimes: &[REMOVED, MISSED],
    bound: Bound::Preemptions(2),
    body,
};

/// An instance of a Python class.
#[repr(C)]
struct Instance {
    header: Header,
}

// SAFETY: `repr(C)`, header first.
unsafe impl Object for Instance {
    const KIND: &'static Kind = &Kind::leaf("instance", Tag::Instance);
}

/// Comparisons that let others run; what is looked for equals no small integer and every instance.
struct Comparisons;

impl Hooks for Comparisons {
    fn equal(&self, ts: &ThreadState, left: Value, _right: Value) -> Result<bool, Error> {
        ts.detached(|| ());
        Ok(left.as_small().is_none())
    }

    fn hash(&self, _ts: &ThreadState, _value: Value) -> Result<i64, Error> {
        Ok(1)
    }

    fn finalize(&self, _ts: &ThreadState, _value: Value) {}
}

fn instance(ts: &ThreadState) -> Value {
    let header = Header::new(ts, Instance::KIND);
    alloc_value(ts, Instance { header })
}

fn body(claims: &Claims) {
    let stage = Stage::<2>::with_hooks(&Comparisons);
    let owner = stage.thread(0);
    let (equal, wanted) = (instance(owner), instance(owner));
    let (list, popped) = (list_of(owner, &[equal, int(7)]), list_of(owner, &[]));
    let told = claims.clone();
    let stage = stage.run([
        Box::new(move |ts| {
            let removed = remove_value(ts, &list, wanted).expect("comparisons do not fail");
            told.sometimes(REMOVED, removed);
            told.sometimes(MISSED, !removed);
        }),
        Box::new(move |ts| {
            let item = pop(ts, &list, 0).expect("one item is not equal");
            append(ts, &popped, item);
        }),
    ]);
    let ts = stage.thread(0);
    let found = [numbers(ts, &list), numbers(ts, &popped)].concat();
    claims.always("the other item is there", found == [7], || {
        format!("{found:?}")
    });
    stage.finish(&[list.value(), popped.value(), wanted]);
}
