//! Does every thread that waits for a table's mutex get it?

use std::sync::Arc;

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::support;
use crate::rt::protocols::mutex::Mutex;
use crate::rt::sync::park::ParkingLot;

const IN_ORDER: &str = "the threads came in the order of their numbers";
const LAST_FIRST: &str = "the last thread came first";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "safepoint_mutex_wakes_its_waiters",
    pillar: Pillar::Safepoint,
    question: "Does every thread that waits for a table's mutex get it, though two wait at once?",
    always: "each of three threads makes its entry",
    sometimes: &[IN_ORDER, LAST_FIRST],
    bound: Bound::Preemptions(2),
    body,
};

fn body(claims: &Claims) {
    let shared = Arc::new((Mutex::new("table", Vec::new()), ParkingLot::new()));
    let all = Arc::clone(&shared);
    support::workers(3, move |who| {
        let (table, lot) = &*all;
        table.with(lot, |entries| entries.push(who));
    });
    let (table, lot) = &*shared;
    let entries = table.with(lot, |entries| entries.clone());
    claims.sometimes(IN_ORDER, entries == [0, 1, 2]);
    claims.sometimes(LAST_FIRST, entries.first() == Some(&2));
    claims.always(SCENARIO.always, entries.len() == 3, || {
        format!("{entries:?}")
    });
}
