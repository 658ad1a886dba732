//! Is one thread at a time collecting?

use std::sync::Arc;

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::support::{self, Plain};
use crate::rt::protocols::collection::Collection;

pub(super) const SCENARIO: Scenario = Scenario {
    name: "safepoint_one_thread_collects",
    pillar: Pillar::Safepoint,
    question: "Is one thread at a time collecting?",
    always: "the collector's own data is touched by one thread at a time",
    sometimes: &[
        "both threads collected",
        "one thread came during the other's collection",
    ],
    bound: Bound::Complete,
    body,
};

struct Shared {
    collection: Collection,
    collections: Plain,
}

fn body(claims: &Claims) {
    let shared = Arc::new(Shared {
        collection: Collection::new(),
        collections: Plain::new(0),
    });
    let all = Arc::clone(&shared);
    support::workers(2, move |_| {
        if all.collection.begin() {
            all.collections.add(1);
            all.collection.end();
        }
    });
    let collections = shared.collections.get();
    claims.sometimes("both threads collected", collections == 2);
    claims.sometimes(
        "one thread came during the other's collection",
        collections == 1,
    );
    claims.always(SCENARIO.always, collections > 0, || collections);
}
