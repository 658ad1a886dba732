//! `Barrier`: threads wait until there are enough of them.

use std::cell::RefCell;
use std::fmt;

use graph_engine::{Location, Mode, Op};

use crate::word::Word;

/// A place that threads pass together.
pub struct Barrier {
    word: Word,
    size: usize,
    /// Where each thread that waits has its token. Only who has the lock in `word` uses it.
    waiting: RefCell<Vec<Location>>,
}

// SAFETY: the list is used by the one thread that has the lock in `word`.
unsafe impl Sync for Barrier {}
// SAFETY: nothing in it belongs to a thread.
unsafe impl Send for Barrier {}

/// Whether a thread was the last to come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BarrierWaitResult(bool);

impl BarrierWaitResult {
    /// Whether it was.
    pub fn is_leader(&self) -> bool {
        self.0
    }
}

impl Barrier {
    /// A barrier that `size` threads pass together.
    #[track_caller]
    pub fn new(size: usize) -> Barrier {
        Barrier {
            word: Word::new("Barrier", 0, false),
            size,
            waiting: RefCell::default(),
        }
    }

    /// Waits until enough threads have come.
    #[track_caller]
    pub fn wait(&self) -> BarrierWaitResult {
        let token = Location::new("Barrier's wake-up", 0);
        self.word.lock();
        let is_last = self.waiting.borrow().len() + 1 >= self.size;
        if is_last {
            let all = self.waiting.take();
            for token in all {
                token.swap(1, Mode::Release);
            }
            self.word.unlock();
        } else {
            self.waiting.borrow_mut().push(token);
            self.word.unlock();
            token.wait(Op::Park, !0, 1, |_| 0);
        }
        BarrierWaitResult(is_last)
    }
}

impl fmt::Debug for Barrier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Barrier").finish_non_exhaustive()
    }
}
