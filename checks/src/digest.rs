//! Digests of what a check runs, so that what another build has left is not taken for this one's.

use std::collections::BTreeSet;

use reports::plan::World;
use reports::scenario::Scenario;

use crate::sources::FILES;
use crate::worlds;

/// Of the shared source, the checkers and their dependencies, without the scenarios; `build.rs` computes it.
const CHECKERS: u64 = include!(concat!(env!("OUT_DIR"), "/digest.rs"));

/// FNV-1a.
pub(crate) fn fnv(start: u64, bytes: impl IntoIterator<Item = u8>) -> u64 {
    let mix = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3);
    bytes.into_iter().fold(start, mix)
}

pub(crate) const BASIS: u64 = 0xCBF2_9CE4_8422_2325;

/// Of everything that a check runs, the scenarios included. The same wherever the same sources were built.
#[must_use]
pub fn build() -> String {
    let scenarios = FILES.iter().filter(|(name, _)| is_scenario(name));
    let all = scenarios.fold(CHECKERS, |hash, (name, text)| {
        fnv(hash, name.bytes().chain(text.bytes()))
    });
    format!("{all:016x}")
}

/// Of the checkers, with what scenarios share, and of one scenario.
#[must_use]
pub fn of_scenario(scenario: &Scenario) -> [String; 2] {
    let own = path(scenario);
    let alone: BTreeSet<String> = worlds::scenarios(World::Graph).iter().map(path).collect();
    let all = FILES.iter().filter(|(name, _)| is_scenario(name));
    let (mut checker, mut source) = (CHECKERS, BASIS);
    for (name, text) in all {
        if *name == own {
            source = fnv(source, text.bytes());
        } else if !alone.contains(*name) {
            checker = fnv(checker, name.bytes().chain(text.bytes()));
        }
    }
    [checker, source].map(|digest| format!("{digest:016x}"))
}

/// Where a scenario's source is, from the repository's root.
fn path(scenario: &Scenario) -> String {
    let pillar = scenario.pillar.to_string();
    let short = scenario.name.strip_prefix(&pillar).unwrap_or(scenario.name);
    let short = short.trim_start_matches('_');
    format!("checks/scenarios/{pillar}/{short}.rs")
}

fn is_scenario(name: &str) -> bool {
    name.starts_with("checks/scenarios/")
}

#[cfg(test)]
mod tests {
    use reports::plan::World;

    use super::{FILES, path};
    use crate::worlds;

    #[test]
    fn every_scenario_has_a_file_of_its_own() {
        for scenario in worlds::scenarios(World::Graph) {
            let path = path(&scenario);
            let found = FILES.binary_search_by_key(&path.as_str(), |(name, _)| *name);
            assert!(found.is_ok(), "{path}");
        }
    }
}
