//! Every scenario holds on real threads; in a program of their own, since a broken core may take it down.

mod support;

use reports::plan::World::Native;
use reports::scenario::Pillar::{
    Claim, Dict, Instance, List, Once, Refcount, Safepoint, Set, Version, Weakref,
};

#[test]
fn refcount_scenarios_hold_on_real_threads() {
    support::hold(Refcount, Native);
}

#[test]
fn dict_scenarios_hold_on_real_threads() {
    support::hold(Dict, Native);
}

#[test]
fn list_scenarios_hold_on_real_threads() {
    support::hold(List, Native);
}

#[test]
fn safepoint_scenarios_hold_on_real_threads() {
    support::hold(Safepoint, Native);
}

#[test]
fn set_scenarios_hold_on_real_threads() {
    support::hold(Set, Native);
}

#[test]
fn weakref_scenarios_hold_on_real_threads() {
    support::hold(Weakref, Native);
}

#[test]
fn version_scenarios_hold_on_real_threads() {
    support::hold(Version, Native);
}

#[test]
fn claim_scenarios_hold_on_real_threads() {
    support::hold(Claim, Native);
}

#[test]
fn instance_scenarios_hold_on_real_threads() {
    support::hold(Instance, Native);
}

#[test]
fn once_scenarios_hold_on_real_threads() {
    support::hold(Once, Native);
}
