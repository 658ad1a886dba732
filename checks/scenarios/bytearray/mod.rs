//! Scenarios of the bytearray.

mod appends_lose_nothing;
mod export_vs_resize;
mod view_used_vs_released;

use reports::scenario::Scenario;

use super::containers::Shared;
use crate::rt::objects::bytearray::{self, Bytearray};
use crate::rt::protocols::thread_state::ThreadState;

/// Every scenario of this pillar.
pub const ALL: &[Scenario] = &[
    appends_lose_nothing::SCENARIO,
    export_vs_resize::SCENARIO,
    view_used_vs_released::SCENARIO,
];

/// A bytearray of `ts` with these bytes.
fn array_of(ts: &ThreadState, bytes: &[u8]) -> Shared<Bytearray> {
    Shared::new(bytearray::new(ts, bytes.to_vec()))
}

fn bytes(ts: &ThreadState, array: &Bytearray) -> Vec<u8> {
    bytearray::read(ts, array, <[u8]>::to_vec)
}
