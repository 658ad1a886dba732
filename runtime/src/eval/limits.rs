//! Limits that a program sets for all threads of an interpreter.

use crate::sync::atomic::AtomicU64;
use crate::sync::atomic::Ordering::Relaxed;
use crate::text::number::int::DEFAULT_DIGIT_LIMIT;

/// Frames on one stack, as in CPython.
const RECURSION: usize = 1000;
/// Seconds, as in CPython.
const SWITCH_INTERVAL: f64 = 0.005;

/// The limits: plain numbers that carry nothing but themselves.
pub(crate) struct Limits {
    recursion: AtomicU64,
    digits: AtomicU64,
    /// The bits of a float.
    switch_interval: AtomicU64,
}

impl Limits {
    pub(crate) fn new() -> Self {
        Self {
            recursion: AtomicU64::new("recursion limit", RECURSION as u64),
            digits: AtomicU64::new("digit limit", DEFAULT_DIGIT_LIMIT as u64),
            switch_interval: AtomicU64::new("switch interval", SWITCH_INTERVAL.to_bits()),
        }
    }

    /// The largest number of frames of threads that start from now on.
    pub(crate) fn recursion(&self) -> usize {
        // ORDERING: relaxed: the number carries nothing but itself.
        self.recursion.load(Relaxed) as usize
    }

    pub(crate) fn set_recursion(&self, limit: usize) {
        // ORDERING: as above.
        self.recursion.store(limit as u64, Relaxed);
    }

    /// The digits that decimal conversions of integers take or make; no limit when it is zero.
    pub(crate) fn digits(&self) -> usize {
        // ORDERING: as above.
        self.digits.load(Relaxed) as usize
    }

    pub(crate) fn set_digits(&self, limit: usize) {
        // ORDERING: as above.
        self.digits.store(limit as u64, Relaxed);
    }

    /// What a program set, and nothing else: threads run at the same time.
    pub(crate) fn switch_interval(&self) -> f64 {
        // ORDERING: as above.
        f64::from_bits(self.switch_interval.load(Relaxed))
    }

    pub(crate) fn set_switch_interval(&self, seconds: f64) {
        // ORDERING: as above.
        self.switch_interval.store(seconds.to_bits(), Relaxed);
    }
}
