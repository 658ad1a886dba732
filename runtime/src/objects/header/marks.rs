//! Marks of the collector on an object, and of a sort on a list.

use super::{ARRANGED, FINALIZED, FROZEN, Header};
use crate::sync::atomic::Ordering;

impl Header {
    /// Whether the finalizer has run.
    #[must_use]
    pub fn is_finalized(&self) -> bool {
        // ORDERING: relaxed: the answer carries nothing but itself.
        self.flags.load(Ordering::Relaxed) & FINALIZED != 0
    }

    /// The fault of a revival that prepares the whole header as for a new object.
    pub(in crate::objects) fn forget_finalizer(&self) {
        // ORDERING: relaxed: the object is this thread's alone.
        self.flags.fetch_and(!FINALIZED, Ordering::Relaxed);
    }

    /// Whether the collector passes over the object. The world is stopped.
    pub(in crate::objects) fn is_frozen(&self) -> bool {
        // ORDERING: relaxed: it changes while the world is stopped.
        self.flags.load(Ordering::Relaxed) & FROZEN != 0
    }

    /// Sets what [`Self::is_frozen`] gives. The world is stopped.
    pub(in crate::objects) fn set_frozen(&self, frozen: bool) {
        match frozen {
            // ORDERING: as above.
            true => self.flags.fetch_or(FROZEN, Ordering::Relaxed),
            // ORDERING: as above.
            false => self.flags.fetch_and(!FROZEN, Ordering::Relaxed),
        };
    }

    /// Whether a sort has taken the items out, and nothing was put in since. The caller holds the lock.
    pub(in crate::objects) fn is_arranged(&self) -> bool {
        // ORDERING: relaxed: it changes under the lock that the caller holds.
        self.flags.load(Ordering::Relaxed) & ARRANGED != 0
    }

    /// Sets what [`Self::is_arranged`] gives, and gives what that was. The caller holds the lock.
    pub(in crate::objects) fn set_arranged(&self, arranged: bool) -> bool {
        let before = match arranged {
            // ORDERING: as above.
            true => self.flags.fetch_or(ARRANGED, Ordering::Relaxed),
            // ORDERING: as above.
            false => self.flags.fetch_and(!ARRANGED, Ordering::Relaxed),
        };
        before & ARRANGED != 0
    }
}
