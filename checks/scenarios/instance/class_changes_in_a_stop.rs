//! Whether an instance is of one class or of the other while its class changes.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use crate::rt::objects::list::{self, List};
use crate::rt::objects::{Extras, Tag, Value, gc, new_ref};
use crate::scenarios::class::{Class, Code, header};
use crate::scenarios::containers::{Stage, drop_ref};

const OLD: &str = "the old class was seen";
const NEW: &str = "the new class was seen";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "instance_class_changes_in_a_stop",
    pillar: Pillar::Instance,
    question: "Is an instance of one class or of the other while its class changes?",
    always: "The layout is as before, and the class is the old one or the new one.",
    sometimes: &[OLD, NEW],
    bound: Bound::Preemptions(2),
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::with_hooks(&Code);
    let owner = stage.thread(0);
    let class = Class::of::<List>(owner, Extras::NONE);
    let object = list::new(owner, &[]);
    let plain = header(&object).is_exactly(Tag::List);
    claims.always("it is a list at first", plain, || "it is not");
    let mark = class.object();
    let head = Value::object(class.head().cast());
    let told = claims.clone();
    let stage = stage.run([
        Box::new(move |ts| {
            let world = ts.runtime().world();
            world.stop(Some(ts));
            let _of_the_instance = new_ref(ts, mark);
            let place = object.header().expect("an object").as_ptr();
            let head = head.header().expect("an address").cast();
            // SAFETY: the world is stopped, the class outlives the object, and has the same layout.
            unsafe { (*place).set_class(head) };
            world.restart(Some(ts));
        }),
        Box::new(move |ts| {
            ts.detached(|| ());
            let here = header(&object);
            let (exact, code) = (here.is_exactly(Tag::List), here.runs_code());
            told.sometimes(OLD, exact);
            told.sometimes(NEW, !exact);
            let same = here.head() == head.header().expect("an address").cast();
            let right = here.tag() == Tag::List && exact != code && code == same;
            told.always(SCENARIO.always, right, || format!("{exact} and {code}"));
            ts.detach();
        }),
    ]);
    let ts = stage.thread(0);
    let seen = gc::objects(ts);
    claims.always("it is an instance now", seen == [object], || {
        format!("{seen:?}")
    });
    seen.into_iter().for_each(|one| drop_ref(ts, one));
    drop_ref(ts, object);
    let count = header(&class.object()).count.snapshot().total();
    claims.always("its class is given back", count == 1, || count);
    stage.thread(1).attach();
    stage.finish(&[class.object()]);
}
