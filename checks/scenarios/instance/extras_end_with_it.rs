//! Whether everything behind the layout of an instance ends with it.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use crate::rt::objects::list::{self, List};
use crate::rt::objects::{Extras, Header, Value, extras, instance, new_ref, weakref};
use crate::rt::protocols::thread_state::ThreadState;
use crate::scenarios::class::{Class, Code, header};
use crate::scenarios::containers::{Shared, Stage, drop_ref, int};

const OWNER: &str = "the owner dropped it last";
const OTHER: &str = "the other thread dropped it last";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "instance_extras_end_with_it",
    pillar: Pillar::Instance,
    question: "Does all that lies behind the layout of an instance end with it, whoever drops it last?",
    always: "The callback runs once, and what the instance held has one reference less.",
    sometimes: &[OWNER, OTHER],
    bound: Bound::Preemptions(2),
    body,
};

const EXTRAS: Extras = Extras {
    dict: true,
    weak: true,
    slots: 2,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::with_hooks(&Code);
    let owner = stage.thread(0);
    let class = Class::of::<List>(owner, EXTRAS);
    let held = [(); 3].map(|()| list::new(owner, &[]));
    // SAFETY: the class outlives the instance.
    let object = unsafe { list::new_in(owner, class.head()) };
    fill(owner, object, held);
    let calls = Shared::<List>::new(list::new(owner, &[]));
    let slot = extras::weak(header(&object)).expect("a word for weak references");
    let reference = weakref::new(owner, object, slot, Some(new_ref(owner, calls.value())));
    check(owner, object, held, claims);
    let _second = new_ref(stage.thread(1), object);
    let (told, other) = (claims.clone(), claims.clone());
    let stage = stage.run([
        Box::new(move |ts| {
            drop_ref(ts, object);
            told.sometimes(OWNER, calls.len() == 1);
        }),
        Box::new(move |ts| {
            drop_ref(ts, object);
            other.sometimes(OTHER, calls.len() == 1);
        }),
    ]);
    crate::rt::objects::drain_merge_queue(stage.thread(0));
    let count = calls.len();
    claims.always("the callback runs once", count == 1, || count);
    let alone = |value: &Value| header(value).count.snapshot().total() == 1;
    let counts = held.iter().all(alone) && alone(&class.object());
    claims.always(SCENARIO.always, counts, || "something is still counted");
    stage.finish(&[
        held[0],
        held[1],
        held[2],
        calls.value(),
        reference,
        class.object(),
    ]);
}

/// Puts a list into the layout, and one into each slot.
fn fill(ts: &ThreadState, object: Value, held: [Value; 3]) {
    let inside: &List = object.downcast().expect("it has the layout");
    list::append(ts, inside, new_ref(ts, held[0]));
    for (number, held) in [(0, held[1]), (1, held[2])] {
        let slot = named(&object, number);
        slot.replace(ts, header(&object), Some(new_ref(ts, held)));
    }
    let dict = extras::dict(header(&object)).expect("a word for the dict");
    instance::set_attribute(ts, header(&object), dict, int(1), int(2)).expect("it has a hash");
}

fn named(object: &Value, number: u16) -> &crate::rt::objects::lazy::Lazy {
    extras::named(header(object), number).expect("a slot")
}

/// Whether each is where it was put.
fn check(ts: &ThreadState, object: Value, held: [Value; 3], claims: &Claims) {
    let here: &Header = header(&object);
    let slots = [0, 1].map(|number| named(&object, number).get(ts, here));
    let inside: &List = object.downcast().expect("it has the layout");
    let item = list::get(ts, inside, 0);
    let found = [item, slots[0], slots[1]];
    let right = found == held.map(Some) && extras::named(here, 2).is_none();
    claims.always("each is in its place", right, || format!("{found:?}"));
    found
        .into_iter()
        .flatten()
        .for_each(|one| drop_ref(ts, one));
    let dict = extras::dict(here).expect("a word for the dict");
    let value = instance::get_attribute(ts, here, dict, int(1));
    claims.always("so is the dict", value == Ok(Some(int(2))), || {
        format!("{value:?}")
    });
    let plain = list::new(ts, &[]);
    let none = extras::dict(header(&plain)).is_none() && extras::weak(header(&plain)).is_none();
    claims.always("a list has no extras", none, || "it has some");
    drop_ref(ts, plain);
}
