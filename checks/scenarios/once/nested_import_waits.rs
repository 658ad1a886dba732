//! Does a module run once that one thread imports from within another module, and a second thread by itself?

use std::cell::Cell;
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

const ALONE: &str = "one thread ran both modules";
const APART: &str = "each thread ran one module";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "once_nested_import_waits",
    pillar: Pillar::Once,
    question: "Is a module run once that one thread imports from within another module, and a second thread by itself?",
    always: "Each module was run once, and whoever imported it found it done.",
    sometimes: &[ALONE, APART],
    bound: Bound::Preemptions(2),
    body,
};

struct Modules {
    locks: modules::Locks,
    outer: Field,
    inner: Field,
    /// Whether the outer module runs, and whether the other thread has what it wants: what comes before and after is no
    /// question of this scenario.
    running: AtomicU8,
    done: AtomicU8,
}

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let shared = Arc::new(Modules {
        locks: modules::Locks::new(),
        outer: Field::new(),
        inner: Field::new(),
        running: AtomicU8::new("outer module runs", 0),
        done: AtomicU8::new("other thread is done", 0),
    });
    let (ours, told) = (Arc::clone(&shared), claims.clone());
    let nesting: Work = Box::new(move |ts| {
        let mine = Cell::new(false);
        let run = || {
            ours.running.store(1, Relaxed);
            mine.set(ours.import_inner(ts, &told));
            wait(&ours.done);
            Ok::<u64, ()>(ours.outer.make())
        };
        let found = modules::import(&ours.locks, ts, 0, None, || None, run);
        told.always(
            "the outer module is run",
            found == Ok(Imported::Module(1)),
            || format!("{found:?}"),
        );
        told.sometimes(ALONE, mine.get());
        told.sometimes(APART, !mine.get());
    });
    let (theirs, other) = (Arc::clone(&shared), claims.clone());
    let plain: Work = Box::new(move |ts| {
        wait(&theirs.running);
        theirs.import_inner(ts, &other);
        theirs.done.store(1, Relaxed);
    });
    stage.run([nesting, plain]).finish(&[]);
    let runs = [shared.outer.read(), shared.inner.read()];
    claims.always(SCENARIO.always, runs == [1, 1], || format!("{runs:?}"));
}

impl Modules {
    /// Imports the inner module; says whether this thread has run it.
    fn import_inner(&self, ts: &ThreadState, claims: &Claims) -> bool {
        let mut mine = false;
        let find = || Some(self.inner.read()).filter(|runs| *runs != 0);
        let run = || {
            mine = true;
            Ok::<u64, ()>(self.inner.make())
        };
        let found = modules::import(&self.locks, ts, 1, None, find, run);
        claims.always(
            "it finds the module done",
            found == Ok(Imported::Module(1)),
            || format!("{found:?}"),
        );
        mine
    }
}

/// Waits until a flag is set.
fn wait(flag: &AtomicU8) {
    while flag.load(Relaxed) == 0 {
        hint::spin();
    }
}
