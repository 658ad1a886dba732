//! Do the looks at all objects see each that lives, and what it holds, while another thread lets go of some?

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use crate::rt::objects::list::{self, List};
use crate::rt::objects::{Extras, Value, gc, new_ref, tuple};
use crate::rt::protocols::thread_state::ThreadState;
use crate::scenarios::class::{Class, Code};
use crate::scenarios::containers::{Stage, drop_ref, int, object};

const BEFORE: &str = "the other thread had its reference still";
const AFTER: &str = "the other thread had let go";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "safepoint_looks_see_all",
    pillar: Pillar::Safepoint,
    question: "Do the looks at all objects see each that lives, and what it holds, while another thread lets go of some?",
    always: "each instance is seen once, with who holds it and what it holds",
    sometimes: &[BEFORE, AFTER],
    bound: Bound::Preemptions(2),
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::with_hooks(&Code);
    let owner = stage.thread(0);
    let class = Class::of::<List>(owner, Extras::NONE);
    // SAFETY: the class outlives the instances.
    let new = || unsafe { list::new_in(owner, class.head()) };
    let [outer, inner, other] = [new(), new(), new()];
    list::append(owner, as_list(&outer), new_ref(owner, inner));
    let theirs = new_ref(stage.thread(1), other);
    drop_ref(owner, other);
    let told = claims.clone();
    let of = class.object();
    let stage = stage.run([
        Box::new(move |ts| {
            let seen = counted(ts, gc::objects(ts));
            told.sometimes(BEFORE, seen == 3);
            told.sometimes(AFTER, seen == 2);
            told.always(SCENARIO.always, matches!(seen, 2 | 3), || seen);
        }),
        Box::new(move |ts| {
            ts.detached(|| ());
            drop_ref(ts, theirs);
            ts.detach();
        }),
    ]);
    let ts = stage.thread(0);
    crate::rt::objects::drain_merge_queue(ts);
    holders(ts, [outer, inner, of], claims);
    frozen(ts, claims);
    left(ts, claims);
    stage.thread(1).attach();
    stage.finish(&[outer, inner, of]);
}

/// Gives the references back, and their number.
fn counted(ts: &ThreadState, values: Vec<Value>) -> usize {
    let count = values.len();
    values.into_iter().for_each(|value| drop_ref(ts, value));
    count
}

/// Who holds whom.
fn holders(ts: &ThreadState, [outer, inner, class]: [Value; 3], claims: &Claims) {
    let cases = [
        (gc::objects(ts), vec![outer, inner]),
        (gc::referrers(ts, &[inner]), vec![outer]),
        (gc::referrers(ts, &[outer]), vec![]),
        (gc::referrers(ts, &[class]), vec![outer, inner]),
        (gc::referents(ts, &[outer]), vec![inner, class]),
        (gc::referents(ts, &[inner, int(1)]), vec![class]),
    ];
    for (found, mut wanted) in cases {
        let mut right = true;
        for one in &found {
            match wanted.iter().position(|other| other == one) {
                Some(at) => drop(wanted.remove(at)),
                None => right = false,
            }
        }
        right &= wanted.is_empty();
        claims.always("holders and held are seen", right, || format!("{found:?}"));
        let _ = counted(ts, found);
    }
}

/// What is frozen is no garbage, and is again when it thaws.
fn frozen(ts: &ThreadState, claims: &Claims) {
    let class = Class::of::<List>(ts, Extras::NONE);
    // SAFETY: the class outlives the instance.
    let cycle = unsafe { list::new_in(ts, class.head()) };
    list::append(ts, as_list(&cycle), new_ref(ts, cycle));
    let before = gc::frozen(ts);
    gc::freeze(ts, true);
    let after = gc::frozen(ts);
    claims.always(
        "all instances are frozen",
        (before, after) == (0, 3),
        || format!("{before}, then {after}"),
    );
    drop_ref(ts, cycle);
    let spared = gc::collect(ts);
    gc::freeze(ts, false);
    let thawed = gc::frozen(ts);
    let found = gc::collect(ts);
    let right = (spared, thawed, found) == (Some(0), 0, Some(1));
    claims.always("what is frozen is spared", right, || {
        format!("{spared:?} with frozen ones, then {thawed} are left and {found:?} found")
    });
    drop_ref(ts, class.object());
}

/// What is left is counted.
fn left(ts: &ThreadState, claims: &Claims) {
    let before = gc::left(ts);
    let item = object(ts, 1);
    let pair = tuple::new(ts, &[new_ref(ts, item), item]);
    let after = gc::left(ts);
    let more = (
        after.references - before.references,
        after.objects - before.objects,
    );
    claims.always("objects and references are counted", more == (3, 2), || {
        format!("{more:?}")
    });
    drop_ref(ts, pair);
    let again = gc::left(ts);
    claims.always("what is dropped is not", again == before, || {
        format!("{again:?}")
    });
}

fn as_list(value: &Value) -> &List {
    value.downcast().expect("it has the layout")
}
