//! The scenarios by name.

use reports::plan::World;
use reports::scenario::Scenario;

use crate::worlds;

/// The scenario of this name, as this world mounts it.
#[must_use]
pub fn named(world: World, name: &str) -> Option<Scenario> {
    worlds::scenarios(world)
        .into_iter()
        .find(|scenario| scenario.name == name)
}

/// Where the files of the scenarios are.
const FOLDER: &str = "checks/scenarios/";

/// The scenarios whose name contains `filter`, or whose file it names; all of them when it is empty.
#[must_use]
pub fn matching(world: World, filter: &str) -> Vec<Scenario> {
    let meant = name(filter);
    let mut scenarios = worlds::scenarios(world);
    scenarios.retain(|scenario| scenario.name.contains(&meant));
    scenarios
}

/// `dict_get_vs_resize` for `checks/scenarios/dict/get_vs_resize.rs`, `dict/get_vs_resize` and itself.
fn name(filter: &str) -> String {
    let inside = match filter.find(FOLDER) {
        Some(at) => &filter[at + FOLDER.len()..],
        None => filter,
    };
    let path = inside.strip_suffix(".rs").unwrap_or(inside);
    path.replace('/', "_")
}

#[cfg(test)]
mod tests {
    use super::name;

    #[test]
    fn a_file_stands_for_its_scenario() {
        for filter in [
            "dict_get_vs_resize",
            "dict/get_vs_resize.rs",
            "checks/scenarios/dict/get_vs_resize.rs",
            "./checks/scenarios/dict/get_vs_resize.rs",
        ] {
            assert_eq!(name(filter), "dict_get_vs_resize");
        }
        assert_eq!(name("dict/"), "dict_");
    }
}
