//! Words: the shared state of everything here, each a location of the graph engine.

use std::fmt;
use std::sync::atomic::Ordering;

use graph_engine::{Block, Location, Mode};

use crate::{alloc, name, run};

/// What a word that was dropped says instead of its execution. No execution has this number.
const DROPPED: u64 = 0;

/// A location that its owner can move, and whose use after its end is noticed.
pub(crate) struct Word {
    block: Block,
    /// The execution that has made it.
    serial: u64,
    /// Whether its owner gives it back.
    is_owned: bool,
}

impl Word {
    /// A word of the running execution. If it is `opaque`, its values may be addresses.
    #[track_caller]
    pub(crate) fn new(name: &'static str, value: u64, opaque: bool) -> Word {
        run::require();
        Word {
            block: Block::place(name::of(name), value, opaque),
            serial: run::serial(),
            is_owned: false,
        }
    }

    /// A word that its owner must give back by [`Word::free`]: otherwise the model fails.
    #[track_caller]
    pub(crate) fn owned(name: &'static str, value: u64) -> Word {
        run::require();
        Word {
            block: Block::alloc(name::of(name), 1, value),
            serial: run::serial(),
            is_owned: true,
        }
    }

    /// The location, for one access.
    #[track_caller]
    pub(crate) fn at(&self) -> Location {
        run::require();
        match self.serial {
            DROPPED => panic!("use after free: it has been dropped before"),
            serial if serial != run::serial() && !std::thread::panicking() => panic!(
                "it was made by another execution or its memory is gone: look for a static, a \
                 thread-local of the standard library, or a use after free"
            ),
            _ => self.placed(),
        }
    }

    /// The location, as a part of the allocated memory that the word lies in, if it does.
    #[track_caller]
    fn placed(&self) -> Location {
        let at = self.block.at(0);
        let home = alloc::home_of(std::ptr::from_ref(self).addr());
        home.map_or(at, |home| at.within(home))
    }

    pub(crate) fn block(&self) -> Block {
        self.block
    }

    /// Ends the word. Every access must happen before this.
    #[track_caller]
    pub(crate) fn free(&self) {
        if run::is_live() && self.serial == run::serial() {
            self.block.free();
        }
    }

    /// Takes the word as a lock, whose free value is 0.
    #[track_caller]
    pub(crate) fn lock(&self) {
        self.at().wait(graph_engine::Op::Lock, !0, 0, |_| 1);
    }

    /// Gives the lock back.
    #[track_caller]
    pub(crate) fn unlock(&self) {
        if run::is_live() {
            self.at().swap(0, Mode::Release);
        }
    }
}

impl Drop for Word {
    fn drop(&mut self) {
        let ends = run::is_live() && self.serial == run::serial() && !self.is_owned;
        if ends && run::with(|run| run.shared.drops_are_accesses) {
            self.block.free();
        }
        self.serial = DROPPED;
    }
}

impl fmt::Debug for Word {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("..")
    }
}

/// The engine's name for a memory order.
pub(crate) fn mode(order: Ordering) -> Mode {
    match order {
        Ordering::Relaxed => Mode::Relaxed,
        Ordering::Acquire => Mode::Acquire,
        Ordering::Release => Mode::Release,
        Ordering::AcqRel => Mode::AcqRel,
        _ => Mode::SeqCst,
    }
}
