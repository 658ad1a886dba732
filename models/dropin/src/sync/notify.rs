//! `Notify`: a flag that one thread waits for, and may believe to see for no reason.

use std::fmt;

use graph_engine::{Mode, Op, choice};

use crate::run;
use crate::word::Word;

/// A flag that one thread waits for.
///
/// Its wait ends once for no reason, which is a choice, as waits of real executors may.
pub struct Notify {
    word: Word,
    /// Whether a wait has ended for no reason. Only the thread that waits uses it.
    was_spurious: std::cell::Cell<bool>,
}

// SAFETY: `was_spurious` is used by the one thread that waits.
unsafe impl Sync for Notify {}

impl Notify {
    /// A flag that is not set.
    #[track_caller]
    pub fn new() -> Notify {
        Notify {
            word: Word::new("Notify", 0, false),
            was_spurious: std::cell::Cell::new(false),
        }
    }

    /// Sets the flag.
    #[track_caller]
    pub fn notify(&self) {
        self.word.at().swap(1, Mode::Release);
    }

    /// Waits for the flag and takes it, or ends for no reason.
    #[track_caller]
    pub fn wait(&self) {
        let at = self.word.at();
        let may_be_spurious = run::is_live()
            && !self.was_spurious.get()
            && run::with(|run| run.shared.spurious_wakes);
        if may_be_spurious && choice(2) == 1 {
            self.was_spurious.set(true);
            return;
        }
        at.wait(Op::Park, !0, 1, |_| 0);
    }
}

impl Default for Notify {
    #[track_caller]
    fn default() -> Notify {
        Notify::new()
    }
}

impl fmt::Debug for Notify {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Notify").finish_non_exhaustive()
    }
}
