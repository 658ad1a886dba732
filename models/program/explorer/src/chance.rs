//! Interleavings by chance: each choice alike, or by priorities that fall at a few steps.

use std::cell::RefCell;
use std::rc::Rc;

use interleavings::{Choice, Operation};
use runtime_program::engine::Director;
use runtime_program::program::Random;

/// The threads that were chosen.
pub(crate) type Noted = Rc<RefCell<Vec<usize>>>;

/// Notes what chance chose.
pub(crate) struct Noting<D> {
    pub(crate) chance: D,
    pub(crate) noted: Noted,
}

impl<D: Director> Director for Noting<D> {
    fn choose(&mut self, next: &[Option<Operation>]) -> Choice {
        let choice = self.chance.choose(next);
        if let Choice::Run(thread) = choice {
            self.noted.borrow_mut().push(thread);
        }
        choice
    }
}

/// The thread of the highest priority goes on; at some steps, drawn beforehand, it becomes the lowest.
///
/// # Source           Burckhardt, Kothari, Musuvathi and Nagarakatte, ASPLOS 2010 (PCT): an outcome that needs `depth`
/// ordered pairs has at least the chance 1 / (threads * steps ^ (depth - 1)) in each interleaving.
pub(crate) struct Priorities {
    random: Random,
    priorities: Vec<usize>,
    /// The steps at which a priority falls.
    falls: Vec<usize>,
    step: usize,
    /// Below all priorities so far.
    lowest: usize,
}

/// Above all priorities that fell.
const HIGH: usize = 1 << 16;

impl Priorities {
    /// `depth - 1` priorities fall within so many steps.
    pub(crate) fn new(mut random: Random, depth: u32, steps: usize) -> Self {
        let falls = (1..depth).map(|_| random.below(steps.max(1))).collect();
        Self {
            random,
            priorities: Vec::new(),
            falls,
            step: 0,
            lowest: HIGH,
        }
    }

    /// The thread of the highest priority that can go on.
    fn first(&self, next: &[Option<Operation>]) -> Option<usize> {
        let able = |next: &Option<Operation>| next.as_ref().is_some_and(|next| !next.waits);
        let able = (0..next.len()).filter(|thread| able(&next[*thread]));
        able.max_by_key(|thread| self.priorities[*thread])
    }
}

impl Director for Priorities {
    fn choose(&mut self, next: &[Option<Operation>]) -> Choice {
        while self.priorities.len() < next.len() {
            self.priorities.push(HIGH + self.random.below(HIGH));
        }
        if let (true, Some(first)) = (self.falls.contains(&self.step), self.first(next)) {
            self.lowest -= 1;
            self.priorities[first] = self.lowest;
        }
        self.step += 1;
        self.first(next).map_or(Choice::Ended, Choice::Run)
    }
}
