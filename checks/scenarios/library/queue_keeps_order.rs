//! Whether items come out of a queue in the order in which they went in.

use std::sync::Arc;

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use crate::rt::protocols::simple_queue::SimpleQueue;
use crate::rt::sync::park::ParkingLot;
use crate::rt::sync::thread;

const TAKEN: &str = "an item came out";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "library_queue_keeps_order",
    pillar: Pillar::Library,
    question: "Do items come out of a queue in the order in which they went in?",
    always: "The item that went in first comes out first.",
    sometimes: &[TAKEN],
    bound: Bound::Complete,
    body,
};

fn body(claims: &Claims) {
    let shared = Arc::new((ParkingLot::new(), SimpleQueue::new()));
    shared.1.put(&shared.0, 1);
    let all = Arc::clone(&shared);
    let puts = thread::spawn("worker", 128 << 10, move || {
        let (lot, queue) = &*all;
        queue.put(lot, 2);
    });
    let (all, told) = (Arc::clone(&shared), claims.clone());
    let takes = thread::spawn("worker", 128 << 10, move || {
        let (lot, queue) = &*all;
        let taken = queue.take(lot);
        told.sometimes(TAKEN, taken.is_some());
        taken
    });
    puts.expect("a thread starts").join();
    let taken = takes.expect("a thread starts").join();
    let left: Vec<i32> = shared.1.alone(|items| items.iter().copied().collect());
    let all: Vec<i32> = taken.into_iter().chain(left.iter().copied()).collect();
    let right = all == [1, 2];
    claims.always(SCENARIO.always, right, || {
        format!("{taken:?}, left {left:?}")
    });
}
