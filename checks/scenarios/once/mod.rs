//! Scenarios of what is done once.

mod failure_lets_another_try;
mod runs_once;

use reports::scenario::Scenario;

use crate::rt::protocols::once::Once;
use crate::rt::sync::cell::Cell;

/// Every scenario of this pillar.
pub const ALL: &[Scenario] = &[runs_once::SCENARIO, failure_lets_another_try::SCENARIO];

/// A field that is made once.
struct Field {
    once: Once,
    value: Cell<u64>,
}

impl Field {
    fn new() -> Self {
        Self {
            once: Once::new(),
            value: Cell::new("field", 0),
        }
    }

    /// Makes the field, and says how often it was made by now.
    fn make(&self) -> u64 {
        // SAFETY: that the accesses are ordered is the scenario's question.
        self.value.with_mut(|value| unsafe {
            *value += 1;
            *value
        })
    }

    fn read(&self) -> u64 {
        // SAFETY: as above.
        self.value.with(|value| unsafe { *value })
    }
}
