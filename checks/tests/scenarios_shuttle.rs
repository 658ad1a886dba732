//! Every scenario holds in shuttle.

mod support;

use reports::plan::World::Shuttle;
use reports::scenario::Pillar::{
    Claim, Dict, Instance, List, Once, Refcount, Safepoint, Set, Version, Weakref,
};

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

#[test]
fn set_scenarios_hold_in_shuttle() {
    support::hold(Set, Shuttle);
}

#[test]
fn weakref_scenarios_hold_in_shuttle() {
    support::hold(Weakref, Shuttle);
}

#[test]
fn version_scenarios_hold_in_shuttle() {
    support::hold(Version, Shuttle);
}

#[test]
fn claim_scenarios_hold_in_shuttle() {
    support::hold(Claim, Shuttle);
}

#[test]
fn instance_scenarios_hold_in_shuttle() {
    support::hold(Instance, Shuttle);
}

#[test]
fn once_scenarios_hold_in_shuttle() {
    support::hold(Once, Shuttle);
}
