//! Functions that a program wants to be called at its end.

use crate::protocols::mutex::Mutex;
use crate::refs::Owned;
use crate::sync::park::ParkingLot;

/// A function with its arguments, a tuple and a dict.
#[derive(Clone)]
pub(crate) struct Exit {
    pub(crate) number: u64,
    pub(crate) function: Owned,
    pub(crate) args: Owned,
    pub(crate) keywords: Owned,
}

/// Those that are registered, the youngest last, and the number of the next one.
pub(crate) struct Registered {
    pub(crate) all: Vec<Exit>,
    pub(crate) next: u64,
}

/// The functions of an interpreter that are called at its end.
pub(crate) struct Exits(Mutex<Registered>);

impl Exits {
    pub(crate) fn new() -> Self {
        let none = Registered {
            all: Vec::new(),
            next: 0,
        };
        Self(Mutex::new("exit functions", none))
    }

    /// Looks at them or changes them; `body` runs no Python code.
    pub(crate) fn with<R>(&self, lot: &ParkingLot, body: impl FnOnce(&mut Registered) -> R) -> R {
        self.0.with(lot, body)
    }
}
