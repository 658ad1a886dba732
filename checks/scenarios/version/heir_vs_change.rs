//! Whether a class that is made while its base changes has what the base has in the end.

use std::sync::Arc;

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use crate::rt::protocols::critical_section;
use crate::rt::protocols::inheritance::Inheritance;
use crate::rt::protocols::object_lock::ObjectLock;
use crate::rt::protocols::stop_cell::StopCell;
use crate::rt::protocols::thread_state::ThreadState;
use crate::rt::sync::atomic::AtomicU64;
use crate::rt::sync::atomic::Ordering::Relaxed;
use crate::scenarios::containers::{Stage, Work};

const PASSED: &str = "the change was passed down to the new class";
const MISSED: &str = "the new class found that it had missed the change";
const COPIED: &str = "the new class copied the change";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "version_heir_vs_change",
    pillar: Pillar::Version,
    question: "Has a class that is made while its base changes what the base has in the end?",
    always: "the new class has what the base has",
    sometimes: &[PASSED, MISSED, COPIED],
    bound: Bound::Preemptions(2),
    body,
};

/// A base with a value and one place for an heir.
struct Family {
    inheritance: Inheritance,
    value: AtomicU64,
    lock: ObjectLock,
    /// Whether the base knows its heir.
    known: StopCell<bool>,
    copy: StopCell<u64>,
}

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let family = Arc::new(Family {
        inheritance: Inheritance::new(),
        value: AtomicU64::new("value", 1),
        lock: ObjectLock::new(),
        known: StopCell::new("known", false),
        copy: StopCell::new("copy", 0),
    });
    let changes: Work = {
        let (family, told) = (Arc::clone(&family), claims.clone());
        Box::new(move |ts| {
            family.change(ts, &told);
            ts.detach();
        })
    };
    let makes: Work = {
        let (family, told) = (Arc::clone(&family), claims.clone());
        Box::new(move |ts| {
            family.make(ts, &told);
            ts.detach();
        })
    };
    let stage = stage.run([changes, makes]);
    (0..2).for_each(|index| stage.thread(index).attach());
    let copy = family.copy.with(|copy| *copy);
    claims.always(SCENARIO.always, copy == 2, || copy);
    stage.finish(&[]);
}

impl Family {
    fn change(&self, ts: &ThreadState, told: &Claims) {
        self.value.store(2, Relaxed);
        let known = self
            .inheritance
            .pass_down(|| self.copy.change(ts, |copy| self.pass(copy)));
        told.sometimes(PASSED, known);
    }

    /// With the world stopped; says whether there was an heir.
    fn pass(&self, copy: &mut u64) -> bool {
        let known = self.known.with(|known| *known);
        if known {
            *copy = self.value.load(Relaxed);
        }
        known
    }

    fn make(&self, ts: &ThreadState, told: &Claims) {
        let begun = self.inheritance.begin();
        let value = self.value.load(Relaxed);
        told.sometimes(COPIED, value == 2);
        self.copy.change_alone(|copy| *copy = value);
        // Making the class passes safepoints.
        ts.detached(|| ());
        critical_section::with(ts, &self.lock, || {
            self.known.change_alone(|known| *known = true)
        });
        let missed = self.inheritance.missed(begun);
        told.sometimes(MISSED, missed);
        if missed {
            self.copy
                .change(ts, |copy| *copy = self.value.load(Relaxed));
        }
    }
}
