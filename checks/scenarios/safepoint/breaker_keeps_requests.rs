//! Is every request in the eval breaker taken once, with what it announces?

use std::sync::Arc;

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::support;
use crate::rt::protocols::eval_breaker::{EvalBreaker, Requests};
use crate::rt::sync::atomic::AtomicU8;
use crate::rt::sync::atomic::Ordering::Relaxed;

pub(super) const SCENARIO: Scenario = Scenario {
    name: "safepoint_breaker_keeps_requests",
    pillar: Pillar::Safepoint,
    question: "Is every request in the eval breaker taken once, with what it announces?",
    always: "no request is lost, and what it announces is found",
    sometimes: &[
        "both requests were taken at once",
        "the requests were taken one after the other",
    ],
    bound: Bound::Complete,
    body,
};

struct Shared {
    breaker: EvalBreaker,
    work: AtomicU8,
}

fn body(claims: &Claims) {
    let shared = Arc::new(Shared {
        breaker: EvalBreaker::new(),
        work: AtomicU8::new("work", 0),
    });
    let owner = {
        let (shared, told) = (Arc::clone(&shared), claims.clone());
        support::spawn(move || serve(&shared, &told))
    };
    let all = Arc::clone(&shared);
    support::workers(2, move |who| match who {
        0 => {
            all.work.store(1, Relaxed);
            all.breaker.set(Requests::MERGE);
        }
        _ => all.breaker.set(Requests::COLLECT),
    });
    let taken = owner.join() | shared.breaker.take();
    let both = Requests::MERGE | Requests::COLLECT;
    claims.always(SCENARIO.always, taken == both, || format!("{taken:?}"));
}

/// Two safepoints of the owner.
fn serve(shared: &Shared, claims: &Claims) -> Requests {
    let mut taken = Requests::default();
    for _ in 0..2 {
        if !shared.breaker.is_set() {
            continue;
        }
        let requests = shared.breaker.take();
        if requests.contains(Requests::MERGE) {
            let work = shared.work.load(Relaxed);
            claims.always(SCENARIO.always, work == 1, || format!("work is {work}"));
        }
        let both = Requests::MERGE | Requests::COLLECT;
        claims.sometimes("both requests were taken at once", requests == both);
        claims.sometimes(
            "the requests were taken one after the other",
            !taken.is_empty() && !requests.is_empty(),
        );
        taken = taken | requests;
    }
    taken
}
