//! Failures of the graph checker in their simplest form, each of which a replay gives again.

mod support;

use std::sync::Arc;

use checks::job::Job;
use checks::registry;
use checks::searches::Settings;
use reports::failure::{Failure, Tried};
use reports::plan::{Limit, Progress, World};
use reports::reading::preemptions;

fn failure(scenario: &str, settings: Settings) -> Failure {
    let job = Job {
        scenario: registry::named(World::Graph, scenario).expect("the scenario exists"),
        world: World::Graph,
        settings,
    };
    support::run(&job).failure.expect("it fails")
}

/// The failure without what else was tried, which a replay does not try again.
fn alone(failure: &Failure) -> Failure {
    let minimal = Vec::new();
    Failure {
        minimal,
        ..failure.clone()
    }
}

/// Whether a failure needs as many preemptions as is said, and is met again.
#[track_caller]
fn is_simplest_and_replays(failure: &Failure) {
    let fewest = preemptions(&failure.trace).expect("there are few steps");
    let fewer = failure.minimal.iter().find_map(|tried| match tried.within {
        Limit::Preemptions(count) => Some(count),
        _ => None,
    });
    assert_eq!(fewer, fewest.checked_sub(1), "{:?}", failure.minimal);
    let row = checks::replay::replay(&failure.replay, &Arc::new(Progress::default()));
    let again = row.expect("this build has it").failure.expect("it fails");
    assert_eq!(alone(&again), alone(failure));
}

#[test]
fn a_failure_is_reported_in_its_simplest_form_and_replays() {
    for (fault, scenario) in [
        ("rc1-disown-after-merge", "refcount_merge_races_last_drop"),
        ("di2-reader-does-not-mark", "dict_get_vs_resize"),
        ("li4-append-without-lock", "list_appends_lose_nothing"),
        ("sg8-test-then-set", "safepoint_one_thread_collects"),
    ] {
        let settings = Settings {
            fault: Some(fault),
            ..support::settings()
        };
        is_simplest_and_replays(&failure(scenario, settings));
    }
}

/// Which choices there are depends on the bound.
#[test]
fn a_failure_that_was_found_under_a_bound_replays_under_it() {
    let settings = Settings {
        stale_reads: Some(1),
        weaken: Some("refcount.try_incref"),
        ..support::settings()
    };
    let failure = failure("refcount_try_read_rechecks_place", settings);
    let without = Tried {
        within: Limit::StaleReads(0),
        complete: true,
        executions: failure.minimal[0].executions,
    };
    assert_eq!(failure.minimal[0], without, "it takes a stale read");
    is_simplest_and_replays(&failure);
}
