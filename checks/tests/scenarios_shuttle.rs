//! Every scenario holds in shuttle.

mod support;

use reports::plan::World::Shuttle;
use reports::scenario::Pillar::{Dict, List, Refcount, Safepoint};

#[test]
fn refcount_scenarios_hold_in_shuttle() {
    support::hold(Refcount, Shuttle);
}

#[test]
fn dict_scenarios_hold_in_shuttle() {
    support::hold(Dict, Shuttle);
}

#[test]
fn list_scenarios_hold_in_shuttle() {
    support::hold(List, Shuttle);
}

#[test]
fn safepoint_scenarios_hold_in_shuttle() {
    support::hold(Safepoint, Shuttle);
}
