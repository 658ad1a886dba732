//! Is a thread that waits for an item woken when one is put in?

use std::sync::Arc;

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use crate::rt::protocols::gate::Slept;
use crate::rt::protocols::simple_queue::SimpleQueue;
use crate::rt::sync::park::ParkingLot;
use crate::rt::sync::thread;

const THERE: &str = "the item was there by then";
const WAITED: &str = "the thread waited";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "library_queue_wakes",
    pillar: Pillar::Library,
    question: "Is a thread that sleeps for an item of a queue woken when one is put in?",
    always: "the thread gets the item",
    sometimes: &[THERE, WAITED],
    bound: Bound::Preemptions(2),
    body,
};

fn body(claims: &Claims) {
    let shared = Arc::new((ParkingLot::new(), SimpleQueue::new()));
    let all = Arc::clone(&shared);
    let puts = thread::spawn("worker", 128 << 10, move || {
        let (lot, queue) = &*all;
        queue.put(lot, 7);
    });
    let (all, told) = (Arc::clone(&shared), claims.clone());
    let gets = thread::spawn("worker", 128 << 10, move || {
        let (lot, queue) = &*all;
        let at_once = queue.take_or_announce(lot);
        told.sometimes(THERE, at_once.is_some());
        told.sometimes(WAITED, at_once.is_none());
        let got = at_once.map_or_else(|| wait(lot, queue), Ok);
        told.always(SCENARIO.always, got == Ok(7), || format!("{got:?}"));
    });
    puts.expect("a thread starts").join();
    gets.expect("a thread starts").join();
}

fn wait(lot: &ParkingLot, queue: &SimpleQueue<i32>) -> Result<i32, Slept> {
    loop {
        let slept = queue.sleep(|gate, seen| gate.park(lot, seen, None));
        if let Some(ended) = queue.wake(lot, slept) {
            return ended;
        }
    }
}
