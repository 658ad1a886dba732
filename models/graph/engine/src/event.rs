//! Events: what one step of a thread is, as the memory model sees it.

use serde::{Deserialize, Serialize};

/// An event's name in one graph: its place in the order in which events were added.
pub(crate) type EventId = usize;
/// A thread's name in one graph; 0 is the main thread.
pub(crate) type ThreadId = usize;
/// A location's name in one graph.
pub(crate) type LocId = usize;
/// A block's name in one graph.
pub(crate) type BlockId = usize;

/// The location of an event that has none.
pub(crate) const NOWHERE: LocId = usize::MAX;

/// How strongly an access or a fence orders.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Mode {
    /// A plain access: no atomicity; two that conflict and are unordered are a race.
    Plain,
    /// Atomic, orders nothing but its own location.
    Relaxed,
    /// Receives what a release write or fence handed over.
    Acquire,
    /// Hands over everything before it.
    Release,
    /// Both directions, for read-modify-writes and fences.
    AcqRel,
    /// Sequentially consistent.
    SeqCst,
}

impl Mode {
    /// At least acquire.
    pub(crate) fn acquires(self) -> bool {
        matches!(self, Mode::Acquire | Mode::AcqRel | Mode::SeqCst)
    }

    /// At least release.
    pub(crate) fn releases(self) -> bool {
        matches!(self, Mode::Release | Mode::AcqRel | Mode::SeqCst)
    }

    /// At least relaxed.
    pub(crate) fn is_atomic(self) -> bool {
        self != Mode::Plain
    }
}

/// What the program asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Op {
    /// A location that lives until the run ends is created.
    Create,
    /// A block of locations is allocated; it must be freed.
    Alloc,
    /// A block is freed.
    Free,
    /// A thread is started.
    Spawn,
    /// A thread has been waited for.
    Join,
    /// An atomic load.
    Load,
    /// An atomic store.
    Store,
    /// A read-modify-write that always writes.
    Update,
    /// A strong compare-exchange.
    Cas,
    /// A weak compare-exchange, which may fail for no reason.
    CasWeak,
    /// A lock is taken: a compare-exchange that is tried again instead of failing.
    Lock,
    /// A lock is given back: a read-modify-write, so that the writes of a lock are a chain.
    Unlock,
    /// A thread parks: it waits for its token and consumes it.
    Park,
    /// The same with a deadline: another execution has its time-out.
    TimedPark,
    /// A parked thread's token is put.
    Unpark,
    /// A plain read.
    Read,
    /// A plain write.
    Write,
    /// A fence.
    Fence,
    /// An explicit choice.
    Choice,
    /// A turn of a waiting loop that has to go on.
    Spin,
    /// A waiting loop that nothing it has read so far can end.
    Stuck,
}

impl Op {
    /// Whether a failed comparison makes the thread wait, and try again.
    pub(crate) fn waits(self) -> bool {
        matches!(self, Op::Lock | Op::Park | Op::TimedPark)
    }

    /// Whether a failed comparison is possible.
    pub(crate) fn compares(self) -> bool {
        self.waits() || matches!(self, Op::Cas | Op::CasWeak)
    }

    /// Whether the operation reads and then, unless a comparison fails, writes.
    pub(crate) fn updates(self) -> bool {
        self.compares() || matches!(self, Op::Update | Op::Unlock | Op::Unpark)
    }

    /// The operation's name in a trace.
    pub fn name(self) -> &'static str {
        match self {
            Op::Create => "create",
            Op::Alloc => "alloc",
            Op::Free => "free",
            Op::Spawn => "spawn",
            Op::Join => "join",
            Op::Load => "load",
            Op::Store => "store",
            Op::Update => "update",
            Op::Cas => "compare-exchange",
            Op::CasWeak => "weak compare-exchange",
            Op::Lock => "lock",
            Op::Unlock => "unlock",
            Op::Park => "park",
            Op::TimedPark => "timed park",
            Op::Unpark => "unpark",
            Op::Read => "read",
            Op::Write => "write",
            Op::Fence => "fence",
            Op::Choice => "choice",
            Op::Spin => "spin",
            Op::Stuck => "wait in a loop",
        }
    }
}

/// Which part of its operation an event is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Role {
    /// It reads from a write.
    Read,
    /// It has a place in coherence order.
    Write,
    /// Neither.
    Other,
}

/// How a read-modify-write's read went on; `Plain` for every other event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Outcome {
    /// There was nothing to decide.
    Plain,
    /// The write follows at once.
    Success,
    /// The comparison failed.
    Failure,
    /// The comparison succeeded and a weak compare-exchange failed all the same.
    Spurious,
    /// A waiting loop cannot go on with what it reads here, and reads again.
    Waits,
}

/// One event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) struct Event {
    pub(crate) thread: ThreadId,
    /// Position in the thread.
    pub(crate) index: usize,
    pub(crate) op: Op,
    pub(crate) role: Role,
    pub(crate) outcome: Outcome,
    pub(crate) mode: Mode,
    pub(crate) loc: LocId,
    /// The write that a read reads from. Missing only while a revisit is under way.
    pub(crate) rf: Option<EventId>,
    /// Spawn and join: the thread. Alloc: its size. Choice: the number taken. Stuck: how
    /// many events the last turn of the loop has.
    pub(crate) arg: usize,
    /// Create, alloc and free: the block. An access: a block that it counts as an access
    /// of, besides the one that its location was created in. Spawn, of threads that are alike:
    /// where the first of them was started.
    pub(crate) home: BlockId,
    /// What the program gave for the step when a run took it first; every other run must
    /// give the same (`determinism`).
    pub(crate) given: Option<u64>,
}

impl Event {
    /// A read-modify-write's read whose write follows.
    pub(crate) fn is_exclusive_read(&self) -> bool {
        self.role == Role::Read && self.outcome == Outcome::Success
    }

    /// A read-modify-write's write.
    pub(crate) fn is_update_write(&self) -> bool {
        self.role == Role::Write && self.op.updates()
    }

    /// A read or a write without atomicity.
    pub(crate) fn is_plain(&self) -> bool {
        self.role != Role::Other && !self.mode.is_atomic()
    }

    /// A lock, a park or a waiting loop that has seen that it must wait. The thread tries
    /// again, so this read takes no part in the execution.
    pub(crate) fn is_vain_try(&self) -> bool {
        self.is_vain_turn() || self.op.waits() && self.outcome == Outcome::Failure
    }

    /// The same, of a waiting loop.
    pub(crate) fn is_vain_turn(&self) -> bool {
        self.outcome == Outcome::Waits
    }

    /// Whether the two are accesses of one location.
    pub(crate) fn same_location(&self, other: &Event) -> bool {
        self.loc == other.loc && self.loc != NOWHERE
    }
}
