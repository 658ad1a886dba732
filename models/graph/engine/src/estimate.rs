//! How large a search is, from random dives (Knuth, *Estimating the efficiency of
//! backtrack programs*, 1975).
//!
//! A dive takes one choice of each step at random. If it ends in a graph, the product of
//! the numbers of choices is an unbiased estimate of how many graphs there are. The tree
//! is lopsided (few revisits lead to much), so few dives mostly estimate too low, and the
//! standard error then is too low as well.

use std::sync::Arc;

use crate::config::Config;
use crate::driver::{Body, Driver};
use crate::job::Job;
use crate::random::Random;
use crate::runner::{End, Runner};
use crate::search::Search;

/// An estimate of the number of graphs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// Mean over the dives: complete, blocked and failed executions together.
    pub graphs: f64,
    /// Standard error of the mean.
    pub error: f64,
    /// How many dives were made.
    pub dives: u32,
}

impl Estimate {
    /// Makes `dives` random dives. The same seed gives the same estimate.
    pub fn of(
        config: &Config,
        dives: u32,
        seed: u64,
        body: impl Fn() + Send + Sync + 'static,
    ) -> Estimate {
        let body: Body = Arc::new(body);
        let config = Config {
            shard: (0, 1),
            ..config.clone()
        };
        // A thread of its own, so that the caller may be inside of an exploration.
        let weights = std::thread::spawn(move || sample(&config, body, dives, seed)).join();
        Estimate::from_weights(&weights.unwrap_or_default())
    }

    fn from_weights(weights: &[f64]) -> Estimate {
        let dives = weights.len().max(1) as f64;
        let mean = weights.iter().sum::<f64>() / dives;
        let squares: f64 = weights.iter().map(|weight| (weight - mean).powi(2)).sum();
        let error = (squares / (dives - 1.0).max(1.0) / dives).sqrt();
        Estimate {
            graphs: mean,
            error,
            dives: weights.len() as u32,
        }
    }
}

fn sample(config: &Config, body: Body, dives: u32, seed: u64) -> Vec<f64> {
    let runner = Runner::new(Search::new(config.clone()));
    let mut driver = Driver::new(runner, body);
    let dive = |number: u32| dive(&mut driver, Random::new(seed ^ u64::from(number) << 32));
    let weights = (0..dives).map(dive).collect();
    driver.finish();
    weights
}

/// The product of the numbers of choices on one way down; zero if it leads nowhere.
fn dive(driver: &mut Driver, random: Random) -> f64 {
    driver.runner(|runner| {
        runner.search.dive = Some((random, 1.0));
        runner.search.begin(&Job::root());
    });
    loop {
        match driver.run() {
            End::Again => {}
            End::Dead | End::Beyond => return 0.0,
            End::Complete | End::Blocked | End::Failed(_) => break,
        }
    }
    driver.runner(|runner| runner.search.dive.take().map_or(0.0, |(_, weight)| weight))
}
