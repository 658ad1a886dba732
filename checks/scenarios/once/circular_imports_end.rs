//! Do two threads whose modules import each other come to an end?

use std::sync::Arc;

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::Field;
use crate::rt::protocols::module_locks::Imported;
use crate::rt::protocols::thread_state::ThreadState;
use crate::rt::sync::atomic::AtomicU8;
use crate::rt::sync::atomic::Ordering::Relaxed;
use crate::rt::sync::hint;
use crate::scenarios::containers::{Stage, Work};
use crate::scenarios::modules;

const CIRCLE: &str = "a thread went on with a module that the other one had not done";
const WAITED: &str = "a thread waited until the other one had done its module";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "once_circular_imports_end",
    pillar: Pillar::Once,
    question: "Do two threads whose modules import each other come to an end?",
    always: "Each module was run once.",
    sometimes: &[CIRCLE, WAITED],
    bound: Bound::Preemptions(2),
    body,
};

const DONE: u8 = 9;

/// Two modules. The state of each: 0, the number of the worker that runs it and 1 more, or done.
struct Modules {
    locks: modules::Locks,
    states: [AtomicU8; 2],
    fields: [Field; 2],
}

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let shared = Arc::new(Modules {
        locks: modules::Locks::new(),
        states: ["first module", "second module"].map(|name| AtomicU8::new(name, 0)),
        fields: [Field::new(), Field::new()],
    });
    let worker = |number: u8| -> Work {
        let (shared, told) = (Arc::clone(&shared), claims.clone());
        Box::new(move |ts| {
            let first = usize::from(number);
            shared.import(ts, number, &[first, 1 - first], &told);
        })
    };
    stage.run([worker(0), worker(1)]).finish(&[]);
    let runs = [shared.fields[0].read(), shared.fields[1].read()];
    claims.always(SCENARIO.always, runs == [1, 1], || format!("{runs:?}"));
}

impl Modules {
    /// Imports the first of some modules, whose code imports the rest once the other worker has begun with its own, so that
    /// there is a circle: what comes without one, `once_nested_import_waits` asks.
    fn import(&self, ts: &ThreadState, worker: u8, modules: &[usize], claims: &Claims) {
        let Some((&index, rest)) = modules.split_first() else {
            return;
        };
        let state = &self.states[index];
        let find = || Some(state.load(Relaxed)).filter(|state| *state != 0);
        let run = || {
            state.store(worker + 1, Relaxed);
            self.fields[index].make();
            while self.states[1 - index].load(Relaxed) == 0 {
                hint::spin();
            }
            self.import(ts, worker, rest, claims);
            state.store(DONE, Relaxed);
            Ok::<_, ()>(DONE)
        };
        let imported = modules::import(&self.locks, ts, index as u8, None, find, run);
        let Ok(Imported::Module(found)) = imported else {
            claims.always("there is a module to go on with", false, || "none");
            return;
        };
        claims.sometimes(CIRCLE, found != DONE && found != worker + 1);
        claims.sometimes(WAITED, found == DONE && rest.is_empty());
    }
}
