//! Whether two calls with the same key make one result.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::Kept;
use crate::scenarios::containers::{Stage, Work, int};

const FIRST: &str = "the first thread made the result";
const SECOND: &str = "the second thread made the result";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "library_lru_makes_once",
    pillar: Pillar::Library,
    question: "Do two calls with the same key run the function twice?",
    always: "The function runs once, and both have its result.",
    sometimes: &[FIRST, SECOND],
    bound: Bound::Preemptions(2),
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let kept = Kept::new(&stage, None);
    // The scenario's own count of calls, which is no part of the question's memory.
    let calls = Arc::new(AtomicI64::new(0));
    let worker = |number: i64| -> Work {
        let (kept, calls, told) = (kept.clone(), Arc::clone(&calls), claims.clone());
        Box::new(move |ts| {
            let made = std::cell::Cell::new(false);
            let got = kept.call(ts, int(5), || {
                made.set(true);
                calls.fetch_add(1, Ordering::Relaxed);
                int(number)
            });
            told.sometimes(SCENARIO.sometimes[number as usize], made.get());
            let others = Some(1 - number);
            let right = if made.get() {
                got == Some(number)
            } else {
                got == others
            };
            told.always(SCENARIO.always, right, || format!("{number} got {got:?}"));
        })
    };
    let stage = stage.run([worker(0), worker(1)]);
    let calls = calls.load(Ordering::Relaxed);
    claims.always(SCENARIO.always, calls == 1, || format!("{calls} calls"));
    kept.finish(stage);
}
