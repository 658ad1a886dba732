//! Depth-first search over all schedules, each class of equivalent ones at least once.
//!
//! Two schedules that differ in the order of neighbouring steps that touch nothing in common come to the same. Sleep
//! sets (Godefroid 1996) skip such repetitions: a thread whose next step was tried from here before stays asleep until
//! somebody does a step that conflicts with it. With a bound on preemptions there are no sleep sets, since the class
//! member that the bound allows could be the one that is skipped.

use std::rc::Rc;

use super::strategy::{Access, Options, Strategy, Threads, independent};

/// Every schedule, in a fixed order; those with fewer preemptions tend to come first.
#[derive(Debug, Default)]
pub(in crate::sync) struct Dfs {
    preemptions: Option<usize>,
    levels: Vec<Level>,
    /// How many levels this execution has passed.
    depth: usize,
    /// The last of them that chose a thread.
    chooser: Option<usize>,
    /// Preemptions in this execution so far.
    preempted: usize,
    begun: bool,
    /// Every way on has been tried: what is left of this execution repeats an earlier one.
    repeats: bool,
}

/// One choice, and what is still to be tried there.
#[derive(Debug)]
enum Level {
    Thread(Fork),
    Flip { left: bool, chosen: bool },
}

#[derive(Debug)]
struct Fork {
    left: Threads,
    chosen: usize,
    /// What the chosen thread did up to the next choice, whichever way that went.
    did: Vec<Access>,
    asleep: Vec<Sleeper>,
}

/// A thread whose next step need not be tried, and what that step does.
#[derive(Clone, Debug)]
struct Sleeper {
    thread: usize,
    does: Rc<[Access]>,
}

impl Fork {
    /// Goes on to the next thread to try; false when there is none.
    fn advance(&mut self, sleep_sets: bool) -> bool {
        if sleep_sets {
            self.asleep.push(Sleeper {
                thread: self.chosen,
                does: self.did.as_slice().into(),
            });
        }
        self.did.clear();
        let next = self.left.iter().next();
        if let Some(next) = next {
            self.left.remove(next);
            self.chosen = next;
        }
        next.is_some()
    }

    /// The threads that are still asleep after the chosen one did `done`.
    fn still_asleep(&self, done: &[Access]) -> Vec<Sleeper> {
        let sleepers = self.asleep.iter();
        let undisturbed = sleepers.filter(|sleeper| independent(&sleeper.does, done));
        undisturbed.cloned().collect()
    }

    fn note(&mut self, done: &[Access]) {
        for access in done {
            if !self.did.contains(access) {
                self.did.push(*access);
            }
        }
    }
}

impl Level {
    fn advance(&mut self, sleep_sets: bool) -> bool {
        match self {
            Level::Thread(fork) => fork.advance(sleep_sets),
            Level::Flip { left, chosen } => {
                *chosen = true;
                std::mem::replace(left, false)
            }
        }
    }
}

impl Dfs {
    /// All schedules, or those with at most so many preemptions.
    pub(in crate::sync) fn new(preemptions: Option<usize>) -> Self {
        Self {
            preemptions,
            ..Self::default()
        }
    }

    fn fork(&mut self, index: usize) -> Option<&mut Fork> {
        match self.levels.get_mut(index)? {
            Level::Thread(fork) => Some(fork),
            Level::Flip { .. } => None,
        }
    }

    /// Completes the step of the last chosen thread, and gives who is asleep after it.
    fn complete(&mut self, done: &[Access]) -> Vec<Sleeper> {
        let Some(fork) = self.chooser.and_then(|index| self.fork(index)) else {
            return Vec::new();
        };
        fork.note(done);
        fork.still_asleep(done)
    }

    /// The threads worth trying, without those that sleep or that the bound forbids.
    fn worth_trying(&self, options: Options, asleep: &[Sleeper]) -> Threads {
        let mut threads = options.threads;
        asleep
            .iter()
            .for_each(|sleeper| threads.remove(sleeper.thread));
        match options.current {
            Some(current)
                if self
                    .preemptions
                    .is_some_and(|bound| self.preempted >= bound) =>
            {
                let mut only = Threads::default();
                only.insert(current);
                only
            }
            _ => threads,
        }
    }

    /// Opens a level that nobody has been at; the thread that ran goes on if it is worth trying.
    fn open(&mut self, options: Options, asleep: Vec<Sleeper>) -> usize {
        let mut left = self.worth_trying(options, &asleep);
        if left.is_empty() {
            self.repeats = true;
            return options.current.unwrap_or(options.threads.first());
        }
        let current = options.current.filter(|current| left.contains(*current));
        let chosen = current.unwrap_or(left.first());
        left.remove(chosen);
        self.levels.push(Level::Thread(Fork {
            left,
            chosen,
            did: Vec::new(),
            asleep,
        }));
        chosen
    }
}

impl Strategy for Dfs {
    fn begin(&mut self) -> bool {
        self.depth = 0;
        self.chooser = None;
        self.preempted = 0;
        self.repeats = false;
        if !std::mem::replace(&mut self.begun, true) {
            return true;
        }
        let sleep_sets = self.preemptions.is_none();
        while let Some(level) = self.levels.last_mut() {
            if level.advance(sleep_sets) {
                return true;
            }
            self.levels.pop();
        }
        false
    }

    fn thread(&mut self, options: Options, done: &[Access]) -> usize {
        if self.repeats {
            return options.current.unwrap_or(options.threads.first());
        }
        let asleep = self.complete(done);
        let chosen = match self.fork(self.depth).map(|fork| fork.chosen) {
            Some(chosen) => chosen,
            None => self.open(options, asleep),
        };
        self.preempted += usize::from(options.current.is_some_and(|current| current != chosen));
        self.chooser = Some(self.depth);
        self.depth += 1;
        chosen
    }

    fn flip(&mut self) -> bool {
        if self.repeats {
            return false;
        }
        let depth = self.depth;
        self.depth += 1;
        match self.levels.get(depth) {
            Some(Level::Flip { chosen, .. }) => *chosen,
            _ => {
                let (left, chosen) = (true, false);
                self.levels.push(Level::Flip { left, chosen });
                chosen
            }
        }
    }

    fn end(&mut self, done: &[Access]) {
        if !self.repeats {
            self.complete(done);
        }
    }
}
