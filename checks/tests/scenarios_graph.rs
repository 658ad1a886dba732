//! Every scenario holds on the graph checker, but for those that only the command runs.

mod support;

use reports::plan::World::Graph;
use reports::scenario::Pillar::{
    Claim, Dict, Instance, List, Once, Refcount, Safepoint, Set, Version, Weakref,
};

#[test]
fn refcount_scenarios_hold_on_graphs() {
    support::hold(Refcount, Graph);
}

#[test]
fn dict_scenarios_hold_on_graphs() {
    support::hold(Dict, Graph);
}

#[test]
fn list_scenarios_hold_on_graphs() {
    support::hold(List, Graph);
}

#[test]
fn safepoint_scenarios_hold_on_graphs() {
    support::hold(Safepoint, Graph);
}

#[test]
fn set_scenarios_hold_on_graphs() {
    support::hold(Set, Graph);
}

#[test]
fn weakref_scenarios_hold_on_graphs() {
    support::hold(Weakref, Graph);
}

#[test]
fn version_scenarios_hold_on_graphs() {
    support::hold(Version, Graph);
}

#[test]
fn claim_scenarios_hold_on_graphs() {
    support::hold(Claim, Graph);
}

#[test]
fn instance_scenarios_hold_on_graphs() {
    support::hold(Instance, Graph);
}

#[test]
fn once_scenarios_hold_on_graphs() {
    support::hold(Once, Graph);
}
