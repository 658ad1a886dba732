//! Does a thread that waits for a table's mutex and wakes up for no reason go on waiting?

use std::sync::Arc;

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::support;
use crate::rt::protocols::mutex::Mutex;
use crate::rt::sync::park::ParkingLot;

const FIRST: &str = "the first thread came first";
const SECOND: &str = "the second thread came first";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "safepoint_mutex_woken_for_nothing",
    pillar: Pillar::Safepoint,
    question: "Does a thread that waits for a table's mutex and wakes up for no reason go on waiting?",
    always: "both entries are made, one after the other",
    sometimes: &[FIRST, SECOND],
    bound: Bound::Preemptions(2),
    body,
};

fn body(claims: &Claims) {
    enter_both(claims, ParkingLot::restless());
}

/// Two threads each make an entry, and sleep in the lot while they wait.
pub(super) fn enter_both(claims: &Claims, lot: ParkingLot) {
    let shared = Arc::new((Mutex::new("table", Vec::new()), lot));
    let all = Arc::clone(&shared);
    support::workers(2, move |who| {
        let (table, lot) = &*all;
        table.with(lot, |entries| entries.push(who));
    });
    let (table, lot) = &*shared;
    let entries = table.with(lot, |entries| entries.clone());
    claims.sometimes(FIRST, entries == [0, 1]);
    claims.sometimes(SECOND, entries == [1, 0]);
    claims.always(SCENARIO.always, entries.len() == 2, || {
        format!("{entries:?}")
    });
}
