//! Random schedules: at every choice each thread is as likely as any other.

use super::strategy::{Access, Generator, Options, Strategy};

/// Uniform random choices.
#[derive(Debug)]
pub(in crate::sync) struct Random {
    seed: u64,
    executions: u64,
    done: u64,
    generator: Generator,
}

impl Random {
    pub(in crate::sync) fn new(seed: u64, executions: u64) -> Self {
        Self {
            seed,
            executions,
            done: 0,
            generator: Generator::new(seed, 0),
        }
    }
}

impl Strategy for Random {
    fn begin(&mut self) -> bool {
        self.generator = Generator::new(self.seed, self.done);
        self.done += 1;
        self.done <= self.executions
    }

    fn thread(&mut self, options: Options, _done: &[Access]) -> usize {
        match options.threads.len() {
            1 => options.threads.first(),
            several => {
                let rank = self.generator.below(several);
                let mut threads = options.threads.iter();
                threads.nth(rank).unwrap_or(options.threads.first())
            }
        }
    }

    fn flip(&mut self) -> bool {
        self.generator.below(8) == 0
    }
}
