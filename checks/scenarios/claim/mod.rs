//! Scenarios of what one thread at a time may run: generator frames and iterators.

mod dict_iterator_ends_once;
mod end_of_positions_stays;
mod exhausted_once;
mod finish_is_final;
mod given_back_position;
mod items_go_to_one;
mod joined_thread_has_ended;
mod one_thread_runs;
mod positions_are_taken_once;
mod set_iterator_ends_once;
mod set_iterator_vs_add;
mod thread_starts_once;

use reports::scenario::Scenario;

use super::containers::{Shared, take};
use crate::rt::objects::Value;
use crate::rt::objects::iterator::{self, SequenceIterator};
use crate::rt::objects::list::{self, List};
use crate::rt::protocols::claim::Claim;
use crate::rt::protocols::thread_state::ThreadState;
use crate::rt::sync::cell::Cell;

/// Every scenario of this pillar.
pub const ALL: &[Scenario] = &[
    one_thread_runs::SCENARIO,
    finish_is_final::SCENARIO,
    exhausted_once::SCENARIO,
    items_go_to_one::SCENARIO,
    dict_iterator_ends_once::SCENARIO,
    set_iterator_ends_once::SCENARIO,
    set_iterator_vs_add::SCENARIO,
    positions_are_taken_once::SCENARIO,
    end_of_positions_stays::SCENARIO,
    given_back_position::SCENARIO,
    thread_starts_once::SCENARIO,
    joined_thread_has_ended::SCENARIO,
];

/// A frame: its claim, and how often it was run.
struct Frame {
    claim: Claim,
    runs: Cell<u64>,
}

impl Frame {
    fn new() -> Self {
        Self {
            claim: Claim::new(),
            runs: Cell::new("frame", 0),
        }
    }

    /// Runs the frame, which the caller claimed.
    fn run(&self) {
        // SAFETY: that the accesses are ordered is the scenario's question.
        self.runs.with_mut(|runs| unsafe { *runs += 1 });
    }

    /// How often the frame was run, for the only thread.
    fn runs(&self) -> u64 {
        // SAFETY: as above.
        self.runs.with(|runs| unsafe { *runs })
    }
}

/// An iterator of `ts` over a list, whose reference it takes over.
fn iterator_over(ts: &ThreadState, list: Value) -> Shared<SequenceIterator> {
    Shared::new(iterator::new(ts, list))
}

/// The number of the next item.
fn next(ts: &ThreadState, iterator: &SequenceIterator) -> Option<i64> {
    let item = |source: &Value, index: usize| {
        let list = source.downcast::<List>().expect("a list");
        Ok(list::get(ts, list, index as i64))
    };
    take(
        ts,
        iterator::next(ts, iterator, item).expect("lists raise nothing"),
    )
}
