//! Do two threads whose modules import each other come to an end?

use std::cell::Cell;
use std::sync::Arc;

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::Field;
use crate::rt::protocols::module_locks::Imported;
use crate::rt::protocols::thread_state::ThreadState;
use crate::rt::sync::atomic::AtomicU8;
use crate::rt::sync::atomic::Ordering::Relaxed;
use crate::scenarios::containers::{Stage, Work};
use crate::scenarios::modules;

const CIRCLE: &str = "a thread went on with a module that the other one had not done";
const ALONE: &str = "one thread ran both modules";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "once_circular_imports_end",
    pillar: Pillar::Once,
    question: "Do two threads whose modules import each other come to an end?",
    always: "Each module was run once.",
    sometimes: &[CIRCLE, ALONE],
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
            let ran = shared.import(ts, number, &[first, 1 - first], &told);
            told.sometimes(ALONE, ran == 2);
        })
    };
    stage.run([worker(0), worker(1)]).finish(&[]);
    let runs = [shared.fields[0].read(), shared.fields[1].read()];
    claims.always(SCENARIO.always, runs == [1, 1], || format!("{runs:?}"));
}

impl Modules {
    /// Imports the first of some modules, whose code imports the rest; gives how many modules this worker ran.
    fn import(&self, ts: &ThreadState, worker: u8, modules: &[usize], claims: &Claims) -> usize {
        let Some((&index, rest)) = modules.split_first() else {
            return 0;
        };
        let (state, ran) = (&self.states[index], Cell::new(0));
        let find = || Some(state.load(Relaxed)).filter(|state| *state != 0);
        let run = || {
            state.store(worker + 1, Relaxed);
            self.fields[index].make();
            ran.set(1 + self.import(ts, worker, rest, claims));
            state.store(DONE, Relaxed);
            Ok::<_, ()>(DONE)
        };
        let imported = modules::import(&self.locks, ts, index as u8, None, find, run);
        let Ok(Imported::Module(found)) = imported else {
            claims.always("there is a module to go on with", false, || "none");
            return 0;
        };
        claims.sometimes(CIRCLE, found != DONE && found != worker + 1);
        ran.get()
    }
}
