//! Does the attach state keep a thread outside from the moment it is held until its restart?

use std::sync::Arc;

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::support::{self, Plain};
use crate::rt::protocols::thread_state::{Asked, AttachState};
use crate::rt::sync::park::ParkingLot;

pub(super) const SCENARIO: Scenario = Scenario {
    name: "safepoint_attach_state_excludes",
    pillar: Pillar::Safepoint,
    question: "Does the attach state keep a thread outside from the moment it is held until its restart?",
    always: "the thread inside and the requester that holds it never touch the same data at once",
    sometimes: &[
        "the thread was held",
        "the thread was asked while it was inside",
    ],
    bound: Bound::Complete,
    body,
};

struct Shared {
    lot: ParkingLot,
    state: AttachState,
    work: Plain,
}

/// The word alone, without countdown, breaker and QSBR.
fn body(claims: &Claims) {
    let shared = Arc::new(Shared {
        lot: ParkingLot::new(),
        state: AttachState::new(),
        work: Plain::new(0),
    });
    let (all, told) = (Arc::clone(&shared), claims.clone());
    support::workers(2, move |who| match who {
        0 => go_inside(&all),
        _ => ask(&all, &told),
    });
    let work = shared.work.get();
    claims.always(SCENARIO.always, work == 1 || work == 11, || work);
}

fn go_inside(shared: &Shared) {
    shared.state.attach(&shared.lot);
    shared.work.add(1);
    let _ = shared.state.detach();
}

fn ask(shared: &Shared, claims: &Claims) {
    let asked = shared.state.ask();
    claims.sometimes("the thread was held", asked == Asked::Held);
    claims.sometimes(
        "the thread was asked while it was inside",
        asked == Asked::WillCount,
    );
    if asked == Asked::Held {
        shared.work.add(10);
        shared.state.restart(&shared.lot);
    }
}
