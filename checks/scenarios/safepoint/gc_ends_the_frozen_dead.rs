//! Does a collection end what it passes over otherwise, when it finds it dead in a merge queue?

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use crate::rt::objects::list::{self, List};
use crate::rt::objects::{Extras, drain_merge_queue, gc};
use crate::scenarios::class::{Class, Code, header};
use crate::scenarios::containers::{Stage, drop_ref};

const OWNER: &str = "the owner ended it";
const COLLECTOR: &str = "the collector ended it";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "safepoint_gc_ends_the_frozen_dead",
    pillar: Pillar::Safepoint,
    question: "Does a collection end an object that it is to pass over, and that it finds dead in a merge queue?",
    always: "what nobody refers to ends, frozen or not",
    sometimes: &[OWNER, COLLECTOR],
    bound: Bound::Preemptions(2),
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::with_hooks(&Code);
    let owner = stage.thread(0);
    let class = Class::of::<List>(owner, Extras::NONE);
    // SAFETY: the class outlives the instance.
    let object = unsafe { list::new_in(owner, class.head()) };
    stage.thread(1).detach();
    gc::freeze(owner, true);
    stage.thread(1).attach();
    let class_object = class.object();
    let held = move || header(&class_object).count.snapshot().total();
    let told = claims.clone();
    let stage = stage.run([
        Box::new(move |ts| {
            let before = held();
            drain_merge_queue(ts);
            told.sometimes(OWNER, held() < before);
            ts.detach();
        }),
        Box::new(move |ts| {
            // The owner has counted the reference, so that it has to take it back.
            drop_ref(ts, object);
            let _ = gc::collect(ts);
        }),
    ]);
    let ts = stage.thread(0);
    ts.attach();
    // A reference that another thread gave back lies in the queue until the owner comes.
    let queued = held() == 2;
    drain_merge_queue(ts);
    let left = held();
    claims.sometimes(COLLECTOR, queued && left == 1);
    claims.always("the instance has ended", left == 1, || left);
    stage.finish(&[class.object()]);
}
