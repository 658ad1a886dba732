//! Probabilistic concurrency testing (Burckhardt, Kothari, Musuvathi, Nagarakatte: ASPLOS 2010).
//!
//! Every thread has a random priority and the highest one that can run does, but for `depth - 1` points drawn at random
//! at which the running thread falls below all others. A bug that needs `depth` ordering constraints is then found with
//! a known least probability an execution. The number of choices an execution has is taken from those before it.

use record::clock::MAX_THREADS;

use super::strategy::{Access, Generator, Options, Strategy};

/// Priorities with few changes.
#[derive(Debug)]
pub(in crate::sync) struct Pct {
    seed: u64,
    executions: u64,
    depth: usize,
    done: u64,
    generator: Generator,
    priorities: [u64; MAX_THREADS],
    /// The next priority that is lower than all others.
    lowest: u64,
    /// The choices at which the running thread loses its priority.
    changes: Vec<usize>,
    choices: usize,
    longest: usize,
}

impl Pct {
    pub(in crate::sync) fn new(seed: u64, executions: u64, depth: usize) -> Self {
        Self {
            seed,
            executions,
            depth,
            done: 0,
            generator: Generator::new(seed, 0),
            priorities: [0; MAX_THREADS],
            lowest: 0,
            changes: Vec::new(),
            choices: 0,
            longest: 1,
        }
    }

    fn demote(&mut self, thread: usize) {
        self.lowest -= 1;
        self.priorities[thread] = self.lowest;
    }
}

/// Priorities of threads that were demoted lie below this one, all others above.
const DEMOTED: u64 = 1 << 32;

impl Strategy for Pct {
    fn begin(&mut self) -> bool {
        self.longest = self.longest.max(self.choices);
        self.choices = 0;
        self.lowest = DEMOTED;
        let mut generator = Generator::new(self.seed, self.done);
        self.priorities = std::array::from_fn(|_| generator.next() | DEMOTED);
        let points = 1..self.depth;
        self.changes = points.map(|_| generator.below(self.longest)).collect();
        self.generator = generator;
        self.done += 1;
        self.done <= self.executions
    }

    fn thread(&mut self, options: Options, _done: &[Access]) -> usize {
        if options.threads.len() > 1 {
            if let Some(current) = options
                .current
                .filter(|_| self.changes.contains(&self.choices))
            {
                self.demote(current);
            }
            if let Some(yielding) = options.yielding {
                self.demote(yielding);
            }
            self.choices += 1;
        }
        let highest = options
            .threads
            .iter()
            .max_by_key(|thread| self.priorities[*thread]);
        highest.unwrap_or(options.threads.first())
    }

    fn flip(&mut self) -> bool {
        self.generator.below(8) == 0
    }
}
