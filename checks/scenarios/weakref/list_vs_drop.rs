//! Whether the list of weak references shows those that live, while one of them is dropped.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::target::{slot, target, weak};
use crate::rt::objects::list::{self, List};
use crate::rt::objects::weakref::{self, WeakRef};
use crate::rt::objects::{Value, new_ref};
use crate::rt::protocols::thread_state::ThreadState;
use crate::scenarios::containers::{Shared, Stage, drop_ref};

const ALL: &str = "the list had all weak references";
const REST: &str = "the list had those that were left";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "weakref_list_vs_drop",
    pillar: Pillar::Weakref,
    question: "Does the list of an object's weak references show those that live, the youngest first, while one is dropped?",
    always: "The list is in order, and has every weak reference that lives.",
    sometimes: &[ALL, REST],
    bound: Bound::Preemptions(2),
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let owner = stage.thread(0);
    let object = target(owner);
    let unused = !slot(&object).is_used() && weakref::all(owner, slot(&object)).is_empty();
    claims.always("there is none at first", unused, || "there is one");
    let calls = Shared::<List>::new(list::new(owner, &[]));
    let callback = || Some(new_ref(owner, calls.value()));
    let first = weak(owner, object, callback());
    let middle = weak(owner, object, None);
    let last = weak(owner, object, callback());
    let used = slot(&object).is_used();
    claims.always("then there are some", used, || "there are none");
    let told = claims.clone();
    let stage = stage.run([
        Box::new(move |ts| drop_ref(ts, middle)),
        Box::new(move |ts| {
            let found = weakref::all(ts, slot(&object));
            told.sometimes(ALL, found == [last, middle, first]);
            told.sometimes(REST, found == [last, first]);
            let right = found.len() == 3 || found == [last, first];
            told.always(SCENARIO.always, right, || format!("{found:?}"));
            found.into_iter().for_each(|one| drop_ref(ts, one));
        }),
    ]);
    after(stage.thread(0), [first, last], calls, object, claims);
    stage.finish(&[first, last, calls.value()]);
}

/// What the weak references say of themselves before and after the end of the object.
fn after(ts: &ThreadState, both: [Value; 2], calls: Shared<List>, object: Value, claims: &Claims) {
    let [first, last] = both
        .each_ref()
        .map(|one| one.downcast::<WeakRef>().expect("one"));
    let found = weakref::all(ts, slot(&object));
    claims.always("the rest is in order", found == [both[1], both[0]], || {
        format!("{found:?}")
    });
    found.into_iter().for_each(|one| drop_ref(ts, one));
    let function = weakref::callback(ts, first);
    claims.always(
        "it has its callback",
        function == Some(calls.value()),
        || format!("{function:?}"),
    );
    function
        .into_iter()
        .for_each(|function| drop_ref(ts, function));
    let early = first.cached_hash();
    first.cache_hash(-7);
    let late = first.cached_hash();
    claims.always(
        "it keeps its hash",
        (early, late) == (None, Some(-7)),
        || format!("{early:?}, then {late:?}"),
    );
    drop_ref(ts, object);
    let count = calls.len();
    claims.always("both callbacks ran", count == 2, || count);
    let gone = weakref::callback(ts, last).is_none() && weakref::get(ts, last).is_none();
    claims.always("nothing is left", gone, || "it has a callback");
}
