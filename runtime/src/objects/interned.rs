//! Interned strings: one object for each text, immortal, so that threads compare and share them without counting.
//!
//! # Source           CPython Objects/unicodeobject.c `intern_common` (3.13.5); gh-129701, gh-113993.
//! Differences: the table makes the string itself, so nobody else has it before it is immortal.
//!
//! # State            table: text -> its string
//!
//! # Transitions      (x) any attached thread, under the table's mutex
//!   absent -x: made, made immortal, entered-> there, for ever
//!
//! # Invariants
//! 1. A text has one string.                               once_interned_text_is_one_object
//! 2. A string is immortal before another thread finds it. once_interned_text_is_immortal
//!
//! # Orderings        none of its own: the mutex orders the string before whoever finds it
//!
//! # Not covered      Forgetting a text.
//!
//! # Checks           The scenarios named above.

use std::collections::BTreeMap;

use crate::objects::str;
use crate::objects::value::Value;
use crate::protocols::mutex::Mutex;
use crate::protocols::thread_state::ThreadState;
use crate::sync::seeded;

/// The strings that were interned.
#[derive(Debug)]
pub struct Interned(Mutex<BTreeMap<Box<str>, Value>>);

// SAFETY: the strings are immortal, and their text does not change.
unsafe impl Send for Interned {}
// SAFETY: as above; the table is reached under its mutex.
unsafe impl Sync for Interned {}

impl Default for Interned {
    fn default() -> Self {
        Self::new()
    }
}

impl Interned {
    /// None.
    #[must_use]
    pub fn new() -> Self {
        Self(Mutex::new("interned", BTreeMap::new()))
    }

    /// How many there are.
    #[must_use]
    pub fn count(&self, ts: &ThreadState) -> usize {
        self.0.with(&ts.runtime().parking.lot, |table| table.len())
    }

    /// The one string with this text, which is immortal.
    #[must_use]
    pub fn get(&self, ts: &ThreadState, text: &str) -> Value {
        let lot = &ts.runtime().parking.lot;
        if seeded!("in1-looked-then-entered") {
            let found = self.0.with(lot, |table| table.get(text).copied());
            return found.unwrap_or_else(|| self.0.with(lot, |table| enter(ts, table, text)));
        }
        if seeded!("in2-entered-before-immortal") {
            let entered = self.0.with(lot, |table| {
                let made = || str::new(ts, text);
                *table.entry(text.into()).or_insert_with(made)
            });
            return immortal(ts, entered);
        }
        self.0.with(lot, |table| match table.get(text) {
            Some(found) => *found,
            None => enter(ts, table, text),
        })
    }
}

fn enter(ts: &ThreadState, table: &mut BTreeMap<Box<str>, Value>, text: &str) -> Value {
    let made = immortal(ts, str::new(ts, text));
    table.insert(text.into(), made);
    made
}

/// Makes an object that the calling thread owns immortal, and hands it back.
pub fn immortal(ts: &ThreadState, value: Value) -> Value {
    if let Some(header) = value.as_header() {
        let _ = header.count.set_immortal(ts.id());
    }
    value
}
