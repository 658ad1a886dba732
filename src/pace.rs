//! How long a scenario may take unless the user says so: longer where the machine is slower or busy.

use std::sync::Arc;
use std::time::{Duration, Instant};

use checks::job::Job;
use checks::registry;
use checks::searches::{BUDGET, Settings};
use reports::plan::{Progress, World};

/// A scenario that takes a moment, and how long it takes where all scenarios end well within the usual budget.
const MEASURE: &str = "instance_read_vs_replace";
const USUAL: Duration = Duration::from_millis(50);

/// A machine on which everything takes longer than this many times does not get more.
const MOST: f64 = 20.0;

/// The time for one scenario in one world: what was given, or the usual time at this machine's pace.
pub(crate) fn budget(given: Option<Duration>) -> Duration {
    given.unwrap_or_else(|| BUDGET.mul_f64(slowness(measured())))
}

/// How many times slower than usual a machine is that took this long.
fn slowness(took: Duration) -> f64 {
    (took.as_secs_f64() / USUAL.as_secs_f64()).clamp(1.0, MOST)
}

fn measured() -> Duration {
    let Some(scenario) = registry::named(World::Graph, MEASURE) else {
        return USUAL;
    };
    let job = Job {
        scenario,
        world: World::Graph,
        settings: Settings::default(),
    };
    let start = Instant::now();
    let _ = job.run(&Arc::new(Progress::default()));
    start.elapsed()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{MEASURE, USUAL, budget, slowness};

    #[test]
    fn a_slower_machine_gets_more_time_and_a_faster_one_no_less() {
        let near = |slowness: f64, expected: f64| (slowness - expected).abs() < 1e-9;
        assert!(near(slowness(USUAL / 2), 1.0));
        assert!(near(slowness(USUAL * 3), 3.0));
        assert!(slowness(USUAL * 1_000) < 100.0);
    }

    #[test]
    fn what_is_given_counts() {
        let given = Duration::from_secs(1);
        assert_eq!(budget(Some(given)), given);
    }

    #[test]
    fn the_measure_is_a_scenario() {
        let named = checks::registry::named(reports::plan::World::Graph, MEASURE);
        assert!(named.is_some());
    }
}
