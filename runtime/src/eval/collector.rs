//! What an interpreter notes about its collections, for `gc`.

use crate::protocols::mutex::Mutex;
use crate::sync::atomic::AtomicI64;
use crate::sync::atomic::Ordering::Relaxed;
use crate::sync::park::ParkingLot;

/// The generations that a program can name; every collection looks at all objects.
pub(crate) const GENERATIONS: usize = 3;

/// What the collections of a generation came to.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Tally {
    pub(crate) collections: i64,
    pub(crate) collected: i64,
}

/// Tallies, and what a program has set.
pub(crate) struct Collector {
    debug: AtomicI64,
    second: AtomicI64,
    third: AtomicI64,
    noted: Mutex<Noted>,
}

/// What changes with each collection.
struct Noted {
    tallies: [Tally; GENERATIONS],
    /// Collections of the generation below, since the last one of this or a higher generation.
    since: [i64; GENERATIONS - 1],
}

impl Collector {
    pub(crate) fn new() -> Self {
        Self {
            debug: AtomicI64::new("gc debug", 0),
            second: AtomicI64::new("gc threshold 1", 10),
            third: AtomicI64::new("gc threshold 2", 10),
            noted: Mutex::new(
                "gc",
                Noted {
                    tallies: [Tally::default(); GENERATIONS],
                    since: [0; GENERATIONS - 1],
                },
            ),
        }
    }

    /// The flags of `gc.set_debug`.
    pub(crate) fn debug(&self) -> i64 {
        // ORDERING: relaxed: the number carries nothing but itself.
        self.debug.load(Relaxed)
    }

    pub(crate) fn set_debug(&self, flags: i64) {
        // ORDERING: as above.
        self.debug.store(flags, Relaxed);
    }

    /// The second and the third threshold: numbers that a program may set and read.
    pub(crate) fn thresholds(&self) -> (i64, i64) {
        // ORDERING: as above.
        (self.second.load(Relaxed), self.third.load(Relaxed))
    }

    pub(crate) fn set_thresholds(&self, second: Option<i64>, third: Option<i64>) {
        // ORDERING: as above.
        second
            .into_iter()
            .for_each(|second| self.second.store(second, Relaxed));
        // ORDERING: as above.
        third
            .into_iter()
            .for_each(|third| self.third.store(third, Relaxed));
    }

    /// Notes that a collection begins.
    pub(crate) fn begin(&self, lot: &ParkingLot, generation: usize) {
        self.noted.with(lot, |noted| {
            if let Some(above) = noted.since.get_mut(generation) {
                *above += 1;
            }
            noted.since[..generation.min(GENERATIONS - 1)].fill(0);
        });
    }

    /// Notes what it came to.
    pub(crate) fn end(&self, lot: &ParkingLot, generation: usize, collected: usize) {
        self.noted.with(lot, |noted| {
            let tally = &mut noted.tallies[generation];
            tally.collections += 1;
            tally.collected += collected as i64;
        });
    }

    /// What the collections came to, by generation.
    pub(crate) fn tallies(&self, lot: &ParkingLot) -> [Tally; GENERATIONS] {
        self.noted.with(lot, |noted| noted.tallies)
    }

    /// How many collections of the generation below came since, for the second and the third.
    pub(crate) fn since(&self, lot: &ParkingLot) -> [i64; GENERATIONS - 1] {
        self.noted.with(lot, |noted| noted.since)
    }
}
