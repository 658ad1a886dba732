//! Does a call that is running see one code, old or new, while another thread assigns it?

use std::sync::Arc;

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::support;
use crate::rt::protocols::runtime::safepoint;
use crate::rt::protocols::stop_cell::StopCell;

const BEFORE: &str = "both looks came before the change";
const BETWEEN: &str = "the change came at the safepoint between the looks";
const AFTER: &str = "both looks came after the change";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "safepoint_stop_cell_vs_look",
    pillar: Pillar::Safepoint,
    question: "Does a thread that is inside see one value of a stop cell, old or new, until its next safepoint?",
    always: "both halves of what was seen are of one value, and none comes back",
    sometimes: &[BEFORE, BETWEEN, AFTER],
    bound: Bound::Preemptions(3),
    body,
};

fn body(claims: &Claims) {
    let runtime = support::runtime(2);
    let cell = Arc::new(StopCell::new("code", (1_u64, 1_u64)));
    let (changed, seen, told) = (Arc::clone(&cell), Arc::clone(&cell), claims.clone());
    support::run(
        &runtime,
        [
            Box::new(move |ts| {
                ts.attach();
                let old = changed.change(ts, |code| std::mem::replace(code, (2, 2)));
                assert_eq!(old, (1, 1), "nobody else changes it");
                ts.detach();
            }),
            Box::new(move |ts| {
                ts.attach();
                let first = seen.with(|code| *code);
                safepoint(ts, |_| ());
                let second = seen.with(|code| *code);
                ts.detach();
                let right = first.0 == first.1 && second.0 == second.1 && first.0 <= second.0;
                told.always(SCENARIO.always, right, || format!("{first:?}, {second:?}"));
                told.sometimes(BEFORE, second.0 == 1);
                told.sometimes(BETWEEN, first.0 < second.0);
                told.sometimes(AFTER, first.0 == 2);
            }),
        ],
    );
    support::finish(&runtime);
}
