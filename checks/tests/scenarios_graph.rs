//! Every scenario holds on the graph checker, but for those that only the command runs.

mod support;

use checks::worlds;
use reports::plan::World::Graph;
use reports::plan::{Coverage, Limit};
use reports::run::Verdict;
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

/// Sleeps may end for nothing without end, so a scenario in which they do is bounded. The same claims are asked of sleeps
/// that end when they should, and there nothing is bounded.
#[test]
fn what_wakes_up_for_nothing_is_also_asked_without_a_bound() {
    let all = worlds::scenarios(Graph);
    let restless: Vec<_> = all
        .iter()
        .filter_map(|scenario| Some((scenario, scenario.name.strip_suffix(support::RESTLESS)?)))
        .collect();
    assert_eq!(restless.len(), 4, "the figures in README.md");
    for (bounded, protocol) in restless {
        let calm = format!("{protocol}_woken_in_turn");
        let calm = all.iter().find(|scenario| scenario.name == calm);
        let calm = calm.expect(protocol);
        assert_eq!(calm.always, bounded.always, "{protocol}");
        assert_eq!(calm.sometimes, bounded.sometimes, "{protocol}");
        let row = support::run(&support::job(*calm, Graph));
        assert_eq!(
            (row.verdict, &row.coverage),
            (Verdict::Held, &Coverage::Exhaustive)
        );
        let row = support::run(&support::job(*bounded, Graph));
        let by = vec![Limit::WakeUps(1)];
        assert_eq!(
            (row.verdict, row.coverage),
            (Verdict::Held, Coverage::Bounded { by, note: None })
        );
    }
}
