//! Does one of two threads that import a module run it, while the other waits?

use std::sync::Arc;

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::Field;
use crate::rt::protocols::module_locks::Imported;
use crate::scenarios::containers::{Stage, Work};
use crate::scenarios::modules;

const FIRST: &str = "the first thread ran the module";
const SECOND: &str = "the second thread ran the module";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "once_module_runs_once",
    pillar: Pillar::Once,
    question: "Does one of two threads that import a module run it, while the other waits?",
    always: "Each thread finds the module run once.",
    sometimes: &[FIRST, SECOND],
    bound: Bound::Preemptions(2),
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let locks = Arc::new(modules::Locks::new());
    let module = Arc::new(Field::new());
    let worker = |ran: &'static str| -> Work {
        let (locks, module, told) = (Arc::clone(&locks), Arc::clone(&module), claims.clone());
        Box::new(move |ts| {
            let mut fresh = false;
            let find = || (module.read() != 0).then(|| module.read());
            let run = || {
                fresh = true;
                Ok::<_, ()>(module.make())
            };
            let imported = modules::import(&locks, ts, 1, None, find, run);
            told.sometimes(ran, fresh);
            told.always(SCENARIO.always, imported == Ok(Imported::Module(1)), || {
                format!("{imported:?}")
            });
        })
    };
    stage.run([worker(FIRST), worker(SECOND)]).finish(&[]);
}
