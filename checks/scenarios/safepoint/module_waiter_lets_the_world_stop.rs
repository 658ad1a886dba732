//! Can a thread that runs a module stop the world while another one waits for the module?

use std::sync::Arc;

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::support::{self, Plain};
use crate::rt::protocols::thread_state::ThreadState;
use crate::scenarios::modules;

const LATER: &str = "the other thread came after the stop";
const BEFORE: &str = "the other thread came before";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "safepoint_module_waiter_lets_the_world_stop",
    pillar: Pillar::Safepoint,
    question: "Can a thread that runs a module stop the world while another one waits for the module?",
    always: "the module is found as it is before it runs, or after",
    sometimes: &[LATER, BEFORE],
    bound: Bound::Preemptions(2),
    body,
};

struct Shared {
    locks: modules::Locks,
    steps: Plain,
}

fn body(claims: &Claims) {
    let runtime = support::runtime(2);
    let shared = Arc::new(Shared {
        locks: modules::Locks::new(),
        steps: Plain::new(0),
    });
    let (runner, waiter, told) = (Arc::clone(&shared), Arc::clone(&shared), claims.clone());
    support::run(
        &runtime,
        [
            Box::new(move |ts| run(ts, &runner)),
            Box::new(move |ts| wait(ts, &waiter, &told)),
        ],
    );
    support::finish(&runtime);
}

fn run(ts: &ThreadState, shared: &Shared) {
    ts.attach();
    let run = || {
        shared.steps.add(1);
        ts.runtime().world().stop(Some(ts));
        shared.steps.add(1);
        ts.runtime().world().restart(Some(ts));
        Ok::<_, ()>(())
    };
    let _ = modules::import(&shared.locks, ts, 1, None, || None, run);
    ts.detach();
}

fn wait(ts: &ThreadState, shared: &Shared, claims: &Claims) {
    ts.attach();
    let look = || {
        let steps = shared.steps.get();
        claims.always(SCENARIO.always, steps != 1, || steps);
        claims.sometimes(LATER, steps == 2);
        claims.sometimes(BEFORE, steps == 0);
        Ok::<_, ()>(())
    };
    let _ = modules::import(&shared.locks, ts, 1, None, || None, look);
    ts.detach();
}
