//! Scenarios of what the library's native modules share: deques, kept results, queues.

mod deque_appends_lose_nothing;
mod deque_items_go_to_one;
mod deque_stays_bounded;
mod lru_makes_once;
mod lru_stays_bounded;
mod queue_keeps_order;
mod queue_wakes;
mod twister_draws_differ;

use std::sync::Arc;

use reports::scenario::Scenario;

use super::containers::{Shared, Stage, number};
use crate::rt::objects::Value;
use crate::rt::objects::deque::{self, Deque};
use crate::rt::objects::list;
use crate::rt::objects::lru::Lru;
use crate::rt::protocols::thread_state::ThreadState;

/// Every scenario of this pillar.
pub const ALL: &[Scenario] = &[
    deque_appends_lose_nothing::SCENARIO,
    deque_items_go_to_one::SCENARIO,
    deque_stays_bounded::SCENARIO,
    lru_makes_once::SCENARIO,
    lru_stays_bounded::SCENARIO,
    queue_keeps_order::SCENARIO,
    queue_wakes::SCENARIO,
    twister_draws_differ::SCENARIO,
];

/// A deque of `ts` that may have so many items.
fn deque_of(ts: &ThreadState, most: Option<usize>) -> Shared<Deque> {
    Shared::new(deque::new(ts, most))
}

/// The numbers in a deque.
fn numbers(ts: &ThreadState, deque: &Deque) -> Vec<i64> {
    deque::read(ts, deque, |items| {
        items.iter().filter_map(|item| number(*item)).collect()
    })
}

/// The results of a function, and the object that they are a part of.
#[derive(Clone)]
struct Kept {
    owner: Shared<list::List>,
    results: Arc<Lru>,
}

impl Kept {
    fn new(stage: &Stage<2>, most: Option<usize>) -> Self {
        let ts = stage.thread(0);
        let owner = Shared::new(list::new(ts, &[]));
        let results = Arc::new(Lru::new(ts, most));
        Self { owner, results }
    }

    /// The result for a key, which `make` makes where there is none; gives its reference back.
    fn call(&self, ts: &ThreadState, key: Value, make: impl FnOnce() -> Value) -> Option<i64> {
        let owner = self.owner.value();
        let owner = owner.as_header().expect("an object");
        let make = || Ok::<_, crate::rt::objects::Error>(make());
        let result = self.results.call(ts, owner, key, make).ok();
        super::containers::take(ts, result)
    }

    /// How many results there are.
    fn len(&self, ts: &ThreadState) -> usize {
        let owner = self.owner.value();
        let owner = owner.as_header().expect("an object");
        self.results.counts(ts, owner).2
    }

    fn finish(self, stage: Stage<2>) {
        self.results.end(stage.thread(0));
        stage.finish(&[self.owner.value()]);
    }
}
