//! Does a thread that waited for a module look for it again when the import fails?

use std::sync::Arc;

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::Field;
use crate::rt::protocols::module_locks::Imported;
use crate::rt::sync::atomic::AtomicU8;
use crate::rt::sync::atomic::Ordering::Relaxed;
use crate::scenarios::containers::{Stage, Work};
use crate::scenarios::modules;

const AGAIN: &str = "a thread found the module half done and ran it after the other one had failed";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "once_failed_import_is_tried_again",
    pillar: Pillar::Once,
    question: "Does a thread that waited for a module look for it again when the import fails?",
    always: "Who gets the module gets the one that was run to its end.",
    sometimes: &[AGAIN],
    bound: Bound::Preemptions(2),
    body,
};

const ABSENT: u8 = 0;
const HALF_DONE: u8 = 1;
const DONE: u8 = 2;

struct Module {
    locks: modules::Locks,
    /// What stands under its name.
    state: AtomicU8,
    attempts: Field,
}

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let module = Arc::new(Module {
        locks: modules::Locks::new(),
        state: AtomicU8::new("module", ABSENT),
        attempts: Field::new(),
    });
    let worker = || -> Work {
        let (module, told) = (Arc::clone(&module), claims.clone());
        Box::new(move |ts| {
            let find = || Some(module.state.load(Relaxed)).filter(|state| *state != ABSENT);
            let half_done = find().filter(|state| *state == HALF_DONE);
            let imported = modules::import(&module.locks, ts, 1, half_done, find, || module.run());
            let stale = imported.is_ok() && imported != Ok(Imported::Module(DONE));
            told.always(SCENARIO.always, !stale, || format!("{imported:?}"));
            told.sometimes(AGAIN, half_done.is_some() && imported.is_ok());
        })
    };
    stage.run([worker(), worker()]).finish(&[]);
}

impl Module {
    /// Runs the module; the first attempt fails, and takes it out again.
    fn run(&self) -> Result<u8, ()> {
        self.state.store(HALF_DONE, Relaxed);
        let state = if self.attempts.make() == 1 {
            ABSENT
        } else {
            DONE
        };
        self.state.store(state, Relaxed);
        (state == DONE).then_some(DONE).ok_or(())
    }
}
