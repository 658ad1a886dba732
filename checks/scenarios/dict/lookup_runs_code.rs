//! Whether a lookup that runs Python code, and gives the lock up meanwhile, notices that the dict was changed.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::dict_of;
use crate::rt::objects::dict::{clear, insert};
use crate::rt::objects::{Error, Header, Hooks, Kind, Object, Tag, Value, alloc_value, new_ref};
use crate::rt::protocols::qsbr;
use crate::rt::protocols::runtime::safepoint;
use crate::rt::protocols::thread_state::ThreadState;
use crate::scenarios::containers::{Stage, int};

const EMPTIED: &str = "the dict is emptied before the addition ends";
const ADDED: &str = "the dict is emptied after the addition";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "dict_lookup_runs_code",
    pillar: Pillar::Dict,
    question: "Does a lookup whose comparison lets other threads run notice that the keys block is gone?",
    always: "The dict has the added key alone, or both keys were cleared.",
    sometimes: &[EMPTIED, ADDED],
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

/// Comparisons that reach a safepoint; all instances hash alike.
struct Comparisons;

impl Hooks for Comparisons {
    fn equal(&self, ts: &ThreadState, left: Value, right: Value) -> Result<bool, Error> {
        ts.detached(|| ());
        Ok(left == right)
    }

    fn hash(&self, _ts: &ThreadState, _value: Value) -> Result<i64, Error> {
        Ok(1)
    }

    fn finalize(&self, _ts: &ThreadState, _value: Value) {}
}

fn instance(ts: &ThreadState) -> Value {
    alloc_value(
        ts,
        Instance {
            header: Header::new(ts, Instance::KIND),
        },
    )
}

fn body(claims: &Claims) {
    let stage = Stage::<2>::with_hooks(&Comparisons);
    let owner = stage.thread(0);
    let dict = dict_of(owner, 2, &[]);
    let (first, second) = (instance(owner), instance(owner));
    insert(owner, &dict, first, int(10)).expect("comparisons do not fail");
    let stage = stage.run([
        Box::new(move |ts| {
            insert(ts, &dict, new_ref(ts, second), int(20)).expect("comparisons do not fail");
        }),
        Box::new(move |ts| {
            clear(ts, &dict);
            qsbr::process(ts);
            safepoint(ts, |_| ());
            qsbr::process(ts);
        }),
    ]);
    let left = dict.len();
    claims.always("the old key is cleared", left <= 1, || left);
    claims.sometimes(EMPTIED, left == 1);
    claims.sometimes(ADDED, left == 0);
    stage.finish(&[dict.value(), second]);
}
