//! Every scenario holds in every world.

mod support;

use reports::plan::World::{self, Loom, Native, Shuttle};
use reports::scenario::Pillar::{self, Dict, List, Refcount, Safepoint};

/// Runs all scenarios of a pillar in a world, and then tells of every one that does not hold.
fn hold(pillar: Pillar, world: World) {
    let jobs = support::jobs(pillar, world);
    let told: Vec<String> = jobs
        .iter()
        .filter_map(|job| support::complaint(job, &support::run(job)))
        .collect();
    assert!(told.is_empty(), "{}", told.join("\n"));
}

macro_rules! pillars {
    ($($name:ident: $pillar:ident in $world:ident;)+) => {$(
        #[test]
        fn $name() {
            hold($pillar, $world);
        }
    )+};
}

pillars! {
    refcount_in_loom: Refcount in Loom;
    dict_in_loom: Dict in Loom;
    list_in_loom: List in Loom;
    safepoint_in_loom: Safepoint in Loom;
    refcount_in_shuttle: Refcount in Shuttle;
    dict_in_shuttle: Dict in Shuttle;
    list_in_shuttle: List in Shuttle;
    safepoint_in_shuttle: Safepoint in Shuttle;
    refcount_in_native: Refcount in Native;
    dict_in_native: Dict in Native;
    list_in_native: List in Native;
    safepoint_in_native: Safepoint in Native;
}
