//! Does a thread whose wait for a module is broken off leave the others as they were?

use std::sync::Arc;

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::Field;
use crate::rt::protocols::module_locks::{Imported, Slept};
use crate::rt::protocols::thread_state::ThreadState;
use crate::scenarios::containers::{Stage, Work};
use crate::scenarios::modules::{self, Locks};

const BROKEN_OFF: &str = "the wait was broken off";
const RAN: &str = "the hasty thread ran the module";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "once_import_broken_off",
    pillar: Pillar::Once,
    question: "Does a thread whose wait for a module is broken off give up, and nothing else?",
    always: "The module is run once, and whoever waits gets it.",
    sometimes: &[BROKEN_OFF, RAN],
    bound: Bound::Preemptions(2),
    body,
};

struct Shared {
    locks: Locks,
    module: Field,
}

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let shared = Arc::new(Shared {
        locks: Locks::new(),
        module: Field::new(),
    });
    let hasty: Work = {
        let (shared, told) = (Arc::clone(&shared), claims.clone());
        Box::new(move |ts| {
            let give_up = |_, _: &dyn Fn() -> bool| Slept::BrokenOff;
            let (mut ran, module) = (false, &shared.module);
            let find = || Ok::<_, ()>((module.read() != 0).then(|| module.read()));
            let run = || {
                ran = true;
                Ok(module.make())
            };
            let found = shared.locks.import(ts, &1, None, give_up, find, run);
            told.sometimes(BROKEN_OFF, found == Ok(Imported::GivenUp));
            told.sometimes(RAN, ran);
            let right = matches!(found, Ok(Imported::GivenUp | Imported::Module(1)));
            told.always("it gives up or has the module", right, || {
                format!("{found:?}")
            });
        })
    };
    let patient: Work = {
        let (shared, told) = (Arc::clone(&shared), claims.clone());
        Box::new(move |ts| {
            let module = &shared.module;
            let find = || (module.read() != 0).then(|| module.read());
            let run = || Ok::<_, ()>(module.make());
            let found = modules::import(&shared.locks, ts, 1, None, find, run);
            told.always(SCENARIO.always, found == Ok(Imported::Module(1)), || {
                format!("{found:?}")
            });
        })
    };
    let stage = stage.run([hasty, patient]);
    let inner = || import_twice(&shared.locks, stage.thread(0));
    claims.always("a thread's imports nest", inner() == 3, inner);
    stage.finish(&[]);
    let runs = shared.module.read();
    claims.always("the module is run once", runs == 1, || runs);
}

/// Imports a module whose code imports it again; gives what the outer import found.
fn import_twice(locks: &Locks, ts: &ThreadState) -> u64 {
    let value = |imported| match imported {
        Ok(Imported::Module(value)) => value,
        _ => 0,
    };
    let inner = || modules::import(locks, ts, 2, None, || None, || Ok::<u64, ()>(1));
    let twice = || Ok::<u64, ()>(value(inner()) + value(inner()) + 1);
    value(modules::import(locks, ts, 2, None, || None, twice))
}
