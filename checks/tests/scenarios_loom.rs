//! Every scenario holds in loom.

mod support;

use reports::plan::World::Loom;
use reports::scenario::Pillar::{
    Claim, Dict, Instance, List, Once, Refcount, Safepoint, Set, Version, Weakref,
};

#[test]
fn refcount_scenarios_hold_in_loom() {
    support::hold(Refcount, Loom);
}

#[test]
fn dict_scenarios_hold_in_loom() {
    support::hold(Dict, Loom);
}

#[test]
fn list_scenarios_hold_in_loom() {
    support::hold(List, Loom);
}

#[test]
fn safepoint_scenarios_hold_in_loom() {
    support::hold(Safepoint, Loom);
}

#[test]
fn set_scenarios_hold_in_loom() {
    support::hold(Set, Loom);
}

#[test]
fn weakref_scenarios_hold_in_loom() {
    support::hold(Weakref, Loom);
}

#[test]
fn version_scenarios_hold_in_loom() {
    support::hold(Version, Loom);
}

#[test]
fn claim_scenarios_hold_in_loom() {
    support::hold(Claim, Loom);
}

#[test]
fn instance_scenarios_hold_in_loom() {
    support::hold(Instance, Loom);
}

#[test]
fn once_scenarios_hold_in_loom() {
    support::hold(Once, Loom);
}
