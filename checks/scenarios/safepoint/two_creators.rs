//! Does each of two threads that are created at once get a slot of its own?

use std::sync::Arc;

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::support;
use crate::rt::protocols::runtime::Runtime;

pub(super) const SCENARIO: Scenario = Scenario {
    name: "safepoint_two_creators",
    pillar: Pillar::Safepoint,
    question: "Does each of two threads that are created at once, with room for one, get a slot of its own?",
    always: "as many slots are taken as there are threads",
    sometimes: &["the array had grown"],
    bound: Bound::Preemptions(2),
    body,
};

fn body(claims: &Claims) {
    let runtime = support::runtime(1);
    let creators = [(); 2].map(|()| {
        let runtime: Arc<Runtime> = Arc::clone(&runtime);
        // SAFETY: the state is deleted below, and the scenario keeps the runtime.
        support::spawn(move || unsafe { runtime.create_thread(None) })
    });
    let threads = creators.map(|creator| creator.join());
    let (taken, room) = (runtime.qsbr.in_use(), runtime.qsbr.capacity());
    claims.always(SCENARIO.always, taken == 2, || format!("{taken} of {room}"));
    claims.sometimes(SCENARIO.sometimes[0], room == 2);
    for thread in threads {
        runtime.delete_thread(thread);
    }
    let left = runtime.qsbr.in_use();
    claims.always("and none when they are gone", left == 0, || left);
    support::finish(&runtime);
}
