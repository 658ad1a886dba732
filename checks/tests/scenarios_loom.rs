//! Every scenario holds in loom.

mod support;

use reports::plan::World::Loom;
use reports::scenario::Pillar::{Claim, Dict, List, Refcount, Safepoint, Set, Version, Weakref};

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
