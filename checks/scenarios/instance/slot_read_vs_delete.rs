//! Whether the value of a slot lives on for a reader while another thread deletes it.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use crate::rt::objects::list::{self, List};
use crate::rt::objects::{Extras, extras};
use crate::scenarios::class::{Class, Code, header};
use crate::scenarios::containers::{Stage, readable, take};

const FOUND: &str = "the reader finds the value";
const GONE: &str = "the reader finds nothing";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "instance_slot_read_vs_delete",
    pillar: Pillar::Instance,
    question: "Does the value of a slot live on for a reader while another thread deletes it?",
    always: "The value is found alive and whole, or not at all.",
    sometimes: &[FOUND, GONE],
    bound: Bound::Preemptions(2),
    body,
};

const EXTRAS: Extras = Extras {
    slots: 1,
    ..Extras::NONE
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::with_hooks(&Code);
    let owner = stage.thread(0);
    let class = Class::of::<List>(owner, EXTRAS);
    // SAFETY: the class outlives the instance.
    let object = unsafe { list::new_in(owner, class.head()) };
    let slot = extras::named(header(&object), 0).expect("a slot");
    slot.replace(owner, header(&object), Some(readable(owner, 1)));
    let told = claims.clone();
    let stage = stage.run([
        Box::new(move |ts| {
            let slot = extras::named(header(&object), 0).expect("a slot");
            slot.replace(ts, header(&object), None);
        }),
        Box::new(move |ts| {
            let slot = extras::named(header(&object), 0).expect("a slot");
            let value = take(ts, slot.get(ts, header(&object)));
            told.always(
                "the value is whole",
                matches!(value, None | Some(1)),
                || format!("{value:?}"),
            );
            told.sometimes(FOUND, value.is_some());
            told.sometimes(GONE, value.is_none());
        }),
    ]);
    stage.finish(&[object, class.object()]);
}
