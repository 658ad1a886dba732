//! An atomic truth value.

use std::sync::atomic::Ordering;

use super::value::{Value, atomic};

impl Value for bool {
    const NAME: &'static str = "AtomicBool";
    const OPAQUE: bool = false;

    fn bits(self) -> u64 {
        u64::from(self)
    }

    fn of(bits: u64) -> bool {
        bits != 0
    }
}

atomic!(
    /// An atomic truth value.
    AtomicBool,
    bool
);

impl Default for AtomicBool {
    #[track_caller]
    fn default() -> AtomicBool {
        AtomicBool::new(false)
    }
}

impl AtomicBool {
    /// Takes *and*, and returns the value before.
    #[track_caller]
    pub fn fetch_and(&self, other: bool, order: Ordering) -> bool {
        self.0.rmw(order, |value| value & other)
    }

    /// Takes *nand*, and returns the value before.
    #[track_caller]
    pub fn fetch_nand(&self, other: bool, order: Ordering) -> bool {
        self.0.rmw(order, |value| !(value & other))
    }

    /// Takes *or*, and returns the value before.
    #[track_caller]
    pub fn fetch_or(&self, other: bool, order: Ordering) -> bool {
        self.0.rmw(order, |value| value | other)
    }

    /// Takes *exclusive or*, and returns the value before.
    #[track_caller]
    pub fn fetch_xor(&self, other: bool, order: Ordering) -> bool {
        self.0.rmw(order, |value| value ^ other)
    }

    /// Negates, and returns the value before.
    #[track_caller]
    pub fn fetch_not(&self, order: Ordering) -> bool {
        self.0.rmw(order, |value| !value)
    }
}
