//! What a strategy is asked, and what it can know.

use record::clock::MAX_THREADS;

/// A set of threads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::sync) struct Threads(u16);

const _: () = assert!(MAX_THREADS <= 16, "a set has one bit a thread");

impl Threads {
    pub(super) fn insert(&mut self, thread: usize) {
        self.0 |= 1 << thread;
    }

    pub(super) fn remove(&mut self, thread: usize) {
        self.0 &= !(1 << thread);
    }

    pub(super) fn contains(self, thread: usize) -> bool {
        self.0 & (1 << thread) != 0
    }

    pub(super) fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    pub(super) fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The thread that was started first.
    pub(super) fn first(self) -> usize {
        self.0.trailing_zeros() as usize
    }

    /// In order of start.
    pub(super) fn iter(self) -> impl Iterator<Item = usize> {
        (0..MAX_THREADS).filter(move |thread| self.contains(*thread))
    }
}

/// A choice of the thread that goes on.
#[derive(Clone, Copy, Debug)]
pub(in crate::sync) struct Options {
    /// The threads that can; never empty.
    pub(super) threads: Threads,
    /// The thread that ran, if it can and wants to go on: choosing another one is a preemption.
    pub(super) current: Option<usize>,
    /// The thread that ran, if it would rather not go on.
    pub(super) yielding: Option<usize>,
}

/// A place that threads share, by a number that it has in every execution which comes to the same.
///
/// Addresses would not do: what lies in no heap block moves from one execution to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::sync) struct Place(u32);

impl Place {
    /// Stands for the order in which blocks and atomics are made: it decides their serial numbers.
    pub(in crate::sync) const MAKING: Place = Place(0);
    /// Stands for all parking queues.
    pub(in crate::sync) const PARKING: Place = Place(1);

    /// Stands for the life of a thread.
    pub(super) fn life(thread: usize) -> Self {
        Self(2 + thread as u32)
    }

    /// The atomic with this serial number.
    pub(in crate::sync) fn atomic(serial: u32) -> Self {
        Self(2 + MAX_THREADS as u32 + serial)
    }
}

/// What one thread did to a place between two choices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::sync) struct Access {
    pub(super) place: Place,
    pub(super) write: bool,
}

/// Whether the two in either order come to the same.
pub(super) fn independent(left: &[Access], right: &[Access]) -> bool {
    let conflict = |l: &Access, r: &Access| l.place == r.place && (l.write || r.write);
    !left.iter().any(|l| right.iter().any(|r| conflict(l, r)))
}

/// A way to choose schedules.
pub(in crate::sync) trait Strategy {
    /// Prepares the next execution; false when there is none.
    fn begin(&mut self) -> bool;

    /// Chooses the thread that goes on; `done` is what was done since the last choice.
    fn thread(&mut self, options: Options, done: &[Access]) -> usize;

    /// Chooses whether something happens that rarely does.
    fn flip(&mut self) -> bool;

    /// The execution is over; `done` is what was done since the last choice.
    fn end(&mut self, _done: &[Access]) {}

    /// Why what ran is not what was asked for.
    fn complaint(&self) -> Option<String> {
        None
    }
}

/// A small generator (SplitMix64), so that a seed gives the same choices everywhere.
#[derive(Clone, Debug)]
pub(super) struct Generator(u64);

impl Generator {
    /// The generator of one execution of a search.
    pub(super) fn new(seed: u64, execution: u64) -> Self {
        let mut generator = Self(seed ^ execution.wrapping_mul(0xD1B5_4A32_D192_ED03));
        generator.next();
        generator
    }

    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `bound`.
    pub(super) fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound as u64) as usize
    }
}
