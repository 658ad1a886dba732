//! Interleavings by chance.

use std::time::Instant;

use runtime_program::engine::Director;
use runtime_program::program::Random;

use crate::chance::{Noted, Noting, Priorities};
use crate::explore::{Exploration, Settings};
use crate::found::Verdict;

impl Exploration {
    /// Runs as many interleavings by chance as were asked for. Where threads turn out to share what was passed over, the
    /// sample begins again: what was drawn before had no choice there.
    pub(crate) fn sample(&mut self, settings: &Settings, sample: u64, started: Instant) -> Verdict {
        let (mut steps, mut execution) = (0, 0);
        while execution < sample {
            if started.elapsed() >= settings.budget {
                return Verdict::Inconclusive(format!("out of budget after {execution}"));
            }
            let noted = Noted::default();
            self.engine
                .direct(by_chance(settings, execution, steps, &noted));
            let stop = self.engine.again();
            steps = steps.max(noted.borrow().len());
            if self.engine.take_changed() {
                self.begin_again();
                (steps, execution) = (0, 0);
                continue;
            }
            let schedule = noted.borrow().clone();
            self.keep(&stop, schedule);
            execution += 1;
        }
        Verdict::Sampled(sample)
    }
}

/// Who decides in an interleaving of a sample.
fn by_chance(
    settings: &Settings,
    execution: u64,
    steps: usize,
    noted: &Noted,
) -> Box<dyn Director> {
    let seed = execution.wrapping_mul(0xD1B5_4A32_D192_ED03);
    let random = Random::new(settings.seed.wrapping_add(seed));
    let noted = Noted::clone(noted);
    match settings.depth {
        Some(depth) => Box::new(Noting {
            chance: Priorities::new(random, depth, steps),
            noted,
        }),
        None => Box::new(Noting {
            chance: random,
            noted,
        }),
    }
}
