//! What the transitions of a reference count answer.

/// What is left to do after a reference was dropped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub enum Decref {
    /// Nothing; the caller must not touch the object any more.
    Alive,
    /// It was the last one: the caller deallocates.
    Dead,
    /// The reference now belongs to a merge queue entry: the caller enqueues the object for its owner.
    Queue,
}

/// Whether a reference was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub enum TryIncref {
    /// The caller has a reference.
    Taken,
    /// As `Taken`, but other threads counted at the same moment.
    Contended,
    /// The object may be dead; the caller has nothing, and takes the container's lock or gives up.
    Refused,
}

impl TryIncref {
    /// Whether the caller has a reference.
    #[inline]
    #[must_use]
    pub fn is_taken(self) -> bool {
        self != Self::Refused
    }
}

/// What came of taking a reference to what a place held a moment ago.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub enum TryRead {
    /// The caller has a reference, and the place still held the object when it had it.
    Taken,
    /// The object may be dead; the caller has nothing.
    Refused,
    /// The place holds something else by now. The reference was given back, which leaves this to do.
    Moved(Decref),
}

/// What a merge leaves of the count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub enum Merged {
    /// References exist, this many.
    Alive(i64),
    /// None is left: the caller deallocates.
    Dead,
}

/// Whether an object was made immortal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub enum Immortalized {
    /// It is never counted again.
    Done,
    /// Another thread owns it, and only an owner may give up its local count.
    Refused,
}

/// What a finalizer made of its object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub enum Resurrected {
    /// No reference escaped: deallocation goes on.
    Dead,
    /// A reference escaped: the caller must not touch the object any more.
    Alive,
}
