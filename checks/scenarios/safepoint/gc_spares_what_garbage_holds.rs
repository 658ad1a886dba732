//! Does a collection leave alone what a dropped cycle holds and another thread still has?

use std::sync::Arc;

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::support;
use crate::rt::objects::list::{self, List};
use crate::rt::objects::{Value, decref, gc, new_ref};
use crate::rt::protocols::thread_state::ThreadState;
use crate::rt::sync::cell::Cell;

pub(super) const SCENARIO: Scenario = Scenario {
    name: "safepoint_gc_spares_what_garbage_holds",
    pillar: Pillar::Safepoint,
    question: "Does a collection leave alone what a dropped cycle holds and another thread still has?",
    always: "the kept list has its item in the end, and nothing is left",
    sometimes: &[
        "the cycle was collected by the other thread",
        "the cycle was still in use",
    ],
    bound: Bound::Preemptions(2),
    body,
};

/// Where the kept list is from its making to its end; the threads that use it come one after the other.
type Kept = Cell<Option<Value>>;

fn body(claims: &Claims) {
    let runtime = support::runtime(3);
    let kept = Arc::new(Kept::new("kept", None));
    let (ours, told) = (Arc::clone(&kept), claims.clone());
    support::run(
        &runtime,
        [
            Box::new(move |ts| support::with_objects(ts, |ts| drop_a_cycle(ts, &ours))),
            Box::new(move |ts| support::with_objects(ts, |ts| collect(ts, &told))),
        ],
    );
    let told = claims.clone();
    support::run(
        &runtime,
        [Box::new(move |ts| {
            support::with_objects(ts, |ts| end(ts, &kept, &told));
        })],
    );
    support::finish(&runtime);
}

/// A list that holds itself and the kept one, and is dropped.
fn drop_a_cycle(ts: &ThreadState, kept: &Kept) {
    let list = list::new(ts, &[Value::small(7).expect("a small integer")]);
    let cycle = list::new(ts, &[new_ref(ts, list)]);
    list::append(ts, as_list(&cycle), new_ref(ts, cycle));
    // SAFETY: the next access is that of `end`, after this thread was joined.
    kept.with_mut(|kept| unsafe { *kept = Some(list) });
    give_back(ts, cycle);
}

fn collect(ts: &ThreadState, claims: &Claims) {
    let found = gc::collect(ts);
    claims.sometimes(
        "the cycle was collected by the other thread",
        found == Some(1),
    );
    claims.sometimes("the cycle was still in use", found == Some(0));
}

fn end(ts: &ThreadState, kept: &Kept, claims: &Claims) {
    // SAFETY: the thread that wrote it was joined.
    let list = kept.with(|kept| unsafe { *kept }).expect("it was kept");
    let item = list::get(ts, as_list(&list), 0);
    claims.always(SCENARIO.always, item == Value::small(7), || {
        format!("{item:?}")
    });
    give_back(ts, list);
    let _ = gc::collect(ts);
}

fn as_list(value: &Value) -> &List {
    value.downcast().expect("a list")
}

fn give_back(ts: &ThreadState, value: Value) {
    // SAFETY: the scenario owns what it gives back.
    unsafe { decref(ts, value) };
}
