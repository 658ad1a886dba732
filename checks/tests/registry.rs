//! The scenarios as a set: the same in every world, well named, and enough of them.

mod support;

use std::collections::BTreeSet;

use checks::worlds;
use reports::plan::World;
use reports::scenario::{Pillar, Scenario};

/// How many scenarios there are at least, and in each pillar.
const ALL: usize = 30;
const EACH: usize = 6;

fn names(world: World) -> Vec<&'static str> {
    worlds::scenarios(world)
        .iter()
        .map(|scenario| scenario.name)
        .collect()
}

#[test]
fn every_world_has_the_same_scenarios() {
    for world in World::ALL {
        assert_eq!(names(world), names(World::Native), "{world}");
    }
}

#[test]
fn names_are_unique_and_begin_with_the_pillar() {
    let names: BTreeSet<&str> = names(World::Native).into_iter().collect();
    let scenarios = worlds::scenarios(World::Native);
    assert_eq!(names.len(), scenarios.len());
    for Scenario { name, pillar, .. } in scenarios {
        assert!(name.starts_with(&format!("{pillar}_")), "{name}");
    }
}

#[test]
fn every_scenario_asks_claims_and_has_a_witness() {
    for scenario in worlds::scenarios(World::Native) {
        assert!(
            scenario.question.ends_with('?'),
            "{}: {}",
            scenario.name,
            scenario.question
        );
        assert!(!scenario.always.is_empty(), "{}", scenario.name);
        assert!(!scenario.sometimes.is_empty(), "{}", scenario.name);
    }
}

#[test]
fn what_only_the_command_runs_on_graphs_exists() {
    for name in support::LONG {
        assert!(names(World::Graph).contains(&name), "{name}");
    }
}

#[test]
fn there_are_enough_scenarios() {
    let scenarios = worlds::scenarios(World::Native);
    assert!(scenarios.len() >= ALL, "{}", scenarios.len());
    for pillar in [
        Pillar::Refcount,
        Pillar::Dict,
        Pillar::List,
        Pillar::Safepoint,
    ] {
        let count = scenarios
            .iter()
            .filter(|scenario| scenario.pillar == pillar)
            .count();
        assert!(count >= EACH, "{pillar}: {count}");
    }
}

#[test]
fn every_scenario_is_found_by_its_file() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    for Scenario { name, pillar, .. } in worlds::scenarios(World::Native) {
        let rest = name.trim_start_matches(&format!("{pillar}_"));
        let file = format!("{pillar}/{rest}.rs");
        assert!(root.join(&file).is_file(), "{file}");
        let found = checks::registry::matching(World::Native, &format!("checks/scenarios/{file}"));
        assert!(found.iter().any(|scenario| scenario.name == name), "{file}");
    }
}
