//! Does the collector end cycles through what lies behind the layout of an instance?

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use crate::rt::objects::list::{self, List};
use crate::rt::objects::{Extras, extras, float, gc, instance, new_ref, weakref};
use crate::scenarios::class::{Class, Code, header};
use crate::scenarios::containers::{Shared, Stage, drop_ref, int};

const RUNS: &str = "the other thread ran after the collection began";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "safepoint_gc_ends_instances",
    pillar: Pillar::Safepoint,
    question: "Does the collector end cycles through what lies behind the layout of an instance?",
    always: "the instances and their dict are found and ended, and the class is not",
    sometimes: &[RUNS],
    bound: Bound::Preemptions(2),
    body,
};

const EXTRAS: Extras = Extras {
    dict: true,
    weak: true,
    slots: 1,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::with_hooks(&Code);
    let owner = stage.thread(0);
    let class = Class::of::<List>(owner, EXTRAS);
    let leaf = Class::of::<float::Float>(
        owner,
        Extras {
            slots: 1,
            ..Extras::NONE
        },
    );
    // SAFETY: the classes outlive the instances.
    let (first, second) = unsafe {
        (
            list::new_in(owner, class.head()),
            float::new_in(owner, leaf.head(), 1.5),
        )
    };
    // first -slot-> second -slot-> first, and first -dict-> first
    let slot = |value| extras::named(header(value), 0).expect("a slot");
    slot(&first).replace(owner, header(&first), Some(second));
    slot(&second).replace(owner, header(&second), Some(new_ref(owner, first)));
    let dict = extras::dict(header(&first)).expect("a word for the dict");
    let itself = new_ref(owner, first);
    instance::set_attribute(owner, header(&first), dict, int(1), itself).expect("it has a hash");
    let calls = Shared::<List>::new(list::new(owner, &[]));
    let word = extras::weak(header(&first)).expect("a word for weak references");
    let reference = weakref::new(owner, first, word, Some(new_ref(owner, calls.value())));
    drop_ref(owner, first);
    let (told, seen) = (claims.clone(), claims.clone());
    let stage = stage.run([
        Box::new(move |ts| {
            let found = gc::collect(ts);
            told.always(SCENARIO.always, found == Some(3), || format!("{found:?}"));
        }),
        Box::new(move |ts| {
            seen.sometimes(RUNS, calls.is_empty());
            ts.detach();
        }),
    ]);
    let count = calls.len();
    claims.always("the callback ran", count == 1, || count);
    let alone = [&class, &leaf].map(|class| header(&class.object()).count.snapshot().total());
    claims.always("the classes are theirs no more", alone == [1, 1], || {
        format!("{alone:?}")
    });
    stage.thread(1).attach();
    stage.finish(&[class.object(), leaf.object(), reference, calls.value()]);
}
