//! Objects that are never counted.

use super::word::{Shared, State};
use super::{IMMORTAL, Immortalized, NOBODY, RefCount, ThreadId};
use crate::sync::atomic::Ordering::{Acquire, Relaxed};
use crate::sync::{seeded, site};

/// Added to the shared count: more than the drops that can begin before their thread sees that the object is immortal.
const BIAS: i64 = 1 << 40;

impl RefCount {
    /// The count of an object that is never counted.
    #[must_use]
    pub fn immortal() -> Self {
        Self::with(NOBODY, IMMORTAL, Shared::new(BIAS, State::Merged))
    }

    /// Whether the object is never counted.
    #[inline]
    #[must_use]
    pub fn is_immortal(&self) -> bool {
        // ORDERING: Relaxed; once immortal, always immortal, and who misses it counts in vain.
        self.local.load(Relaxed) == IMMORTAL
    }

    /// Makes the object immortal if the caller owns it or nobody does; the caller has a reference
    /// (`_Py_SetImmortal`).
    pub fn set_immortal(&self, me: ThreadId) -> Immortalized {
        let allowed = self.is_owned_by(me) || self.is_merged();
        if !allowed && !seeded!("rc3-immortalize-foreign") {
            return Immortalized::Refused;
        }
        // ORDERING: Relaxed; a thread that still counts does so in the shared word, where the bias absorbs it.
        self.local.store(IMMORTAL, Relaxed);
        self.owner.store(NOBODY, Relaxed);
        self.update(Relaxed, |shared| shared.add(BIAS).raise(State::Merged));
        Immortalized::Done
    }

    fn is_merged(&self) -> bool {
        // ORDERING: Acquire, with `refcount.merge`: the old owner's last write to `local` comes before the next.
        let bits = self.shared.load(site("refcount.immortal", Acquire));
        Shared::from_bits(bits).state() == State::Merged
    }
}
