//! Whether one of two threads that delete an attribute is told that there was one.

use std::sync::{Arc, Mutex};

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use crate::rt::objects::list::{self, List};
use crate::rt::objects::{Extras, extras, new_ref};
use crate::scenarios::class::{Class, Code, header};
use crate::scenarios::containers::{Stage, Work, drop_ref};

const FIRST: &str = "the first thread deleted it";
const SECOND: &str = "the second thread deleted it";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "instance_slot_deleted_once",
    pillar: Pillar::Instance,
    question: "Is one of two threads that delete the value of a slot told that there was one, and the other that there was none?",
    always: "One thread deletes the value, and it is given back once.",
    sometimes: &[FIRST, SECOND],
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
    let held = list::new(owner, &[]);
    let slot = extras::named(header(&object), 0).expect("a slot");
    slot.replace(owner, header(&object), Some(new_ref(owner, held)));
    // One more, so that a reference given back twice does not end it.
    let _more = new_ref(owner, held);
    let answers = Arc::new(Mutex::new(Vec::new()));
    let worker = |claims: Claims, mine: &'static str| -> Work {
        let answers = Arc::clone(&answers);
        Box::new(move |ts| {
            let slot = extras::named(header(&object), 0).expect("a slot");
            let there = slot.replace(ts, header(&object), None);
            claims.sometimes(mine, there);
            answers.lock().expect("nobody panics").push(there);
        })
    };
    let stage = stage.run([
        worker(claims.clone(), FIRST),
        worker(claims.clone(), SECOND),
    ]);
    let answers = answers.lock().expect("nobody panics");
    let deleted = answers.iter().filter(|&&there| there).count();
    claims.always("one thread deletes it", deleted == 1, || deleted);
    let ts = stage.thread(0);
    crate::rt::objects::drain_merge_queue(ts);
    let left = header(&held).count.snapshot().total();
    claims.always("it is given back once", left == 2, || left);
    drop_ref(ts, held);
    drop_ref(ts, held);
    stage.finish(&[object, class.object()]);
}
