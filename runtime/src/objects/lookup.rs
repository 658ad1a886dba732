//! Looking a key up, as dicts and sets do it: how a stored key compares with what is looked for.

use crate::objects::compare::{self, plainly_equal, same};
use crate::objects::hooks::Error;
use crate::objects::life::{decref, new_ref};
use crate::objects::local;
use crate::objects::str::Str;
use crate::objects::value::Value;
use crate::protocols::thread_state::ThreadState;
use crate::sync::event::{Shown, Told};
use crate::sync::seeded;

/// What is looked for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Needle {
    pub(super) key: Value,
    pub(super) hash: u64,
}

impl Shown for Needle {
    fn shown(&self, told: &mut Told) {
        self.key.shown(told);
    }
}

/// How a stored key compares with what is looked for.
pub(super) enum Match {
    Same,
    Different,
    /// References or Python code are needed to tell.
    Unclear(Value),
}

impl Needle {
    /// A key and its hash.
    #[inline]
    pub(super) fn new(ts: &ThreadState, key: Value) -> Result<Self, Error> {
        let hash = match key.exact::<Str>() {
            Some(text) => text.hash(local::seed(ts)),
            None => compare::hash(ts, key)? as u64,
        };
        Ok(Self { key, hash })
    }

    /// Compares with a stored key without a reference to it; its object may be dead, with a block that waits.
    #[inline]
    pub(super) fn compare(self, key: Value, hash: impl FnOnce() -> u64) -> Match {
        if key == self.key {
            return Match::Same;
        }
        if hash() != self.hash {
            return Match::Different;
        }
        match plainly_equal(key, self.key) {
            Some(true) => Match::Same,
            Some(false) => Match::Different,
            None => Match::Unclear(key),
        }
    }

    /// Compares with a stored key under the lock of its container, which Python code may give up for a while: `None`
    /// when the container's version says that it was changed meanwhile, so that the key may be gone.
    pub(super) fn compare_with_code(
        self,
        ts: &ThreadState,
        key: Value,
        version: impl Fn() -> u64,
    ) -> Result<Option<bool>, Error> {
        let key = new_ref(ts, key);
        let before = version();
        let answer = same(ts, key, self.key);
        // SAFETY: the reference was taken above.
        unsafe { decref(ts, key) };
        let changed = version() != before && !seeded!("dict-version-not-checked");
        if changed { Ok(None) } else { answer.map(Some) }
    }
}
