//! The header that every heap object starts with, and the table of functions that says what kind of object it is.
//!
//! # State            flags:  one bit each, set and never cleared
//!   SHARED    other threads may read this container without its lock
//!   DEFERRED  a reader without a lock may still hold a pointer to this object: its block waits for quiescence
//!   FINALIZED the finalizer ran, and never runs again
//!
//! # Transitions      (l) holding the object's lock   (r) whoever removes the object from a shared container
//!   SHARED -l-> set   DEFERRED -r-> set, before the removed reference is dropped   FINALIZED -> set by who ends it
//!
//! # Invariants
//! 1. A thread that sees SHARED sees every block that the container published before the mark.
//! 2. While SHARED is not set, only the owner reads the container without its lock.
//! 3. The thread that frees an object sees every DEFERRED that was set: each was set before a reference was dropped.
//!
//! # Orderings
//! | site               | operation      | order   | pairs with         | carries                 | if weakened         |
//! | header.mark_shared | fetch_or flags | Release | header.is_shared   | blocks already replaced | use after free      |
//! | header.is_shared   | load flags     | Acquire | header.mark_shared | the same                | use after free      |
//!
//! # Checks           `list_mark_seen_by_others` (1), `list_owner_get_vs_foreign_growth`, `dict_owner_get_vs_foreign_resize` (2),
//! `list_get_vs_pop` (3), and the faults that name them.

use std::fmt;
use std::ptr::NonNull;

use crate::objects::value::Value;
use crate::protocols::object_lock::ObjectLock;
use crate::protocols::refcount::RefCount;
use crate::protocols::thread_state::ThreadState;
use crate::sync::atomic::{AtomicU8, Ordering};
use crate::sync::{cell, site};

/// Which layout an object has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
#[expect(missing_docs, reason = "each names a Python type or a part of one")]
pub enum Tag {
    Int,
    Float,
    Str,
    Tuple,
    List,
    Dict,
    Set,
    FrozenSet,
    Range,
    Cell,
    WeakRef,
    Iterator,
    TableIterator,
    Type,
    Function,
    Instance,
    Other,
}

/// Shows every reference that an object owns; see [`Kind::traverse`].
pub type Traverse = unsafe fn(NonNull<Header>, &mut dyn FnMut(Value));

/// What the runtime must know to end an object's life, one table per layout.
#[derive(Debug)]
pub struct Kind {
    /// The name of the Python type, or of the part that this is.
    pub name: &'static str,
    /// The layout.
    pub tag: Tag,
    /// Shows every reference that the object owns.
    ///
    /// # Safety
    /// No other thread uses the object: it is dead, or the world is stopped.
    pub traverse: Option<Traverse>,
    /// Frees what the object owns beside references and its own block.
    ///
    /// # Safety
    /// The object is dead and its references were given back.
    pub release: Option<unsafe fn(&ThreadState, NonNull<Header>)>,
    /// Empties the object, so that a cycle through it ends; `None` for what cannot close a cycle by itself.
    ///
    /// # Safety
    /// The object is a live one of this kind.
    pub clear: Option<unsafe fn(&ThreadState, NonNull<Header>)>,
    /// Whether [`super::Hooks::finalize`] must run before the object dies.
    pub finalized: bool,
}

impl Kind {
    /// A kind without references, memory of its own or finalizer.
    #[must_use]
    pub const fn leaf(name: &'static str, tag: Tag) -> Self {
        Self {
            name,
            tag,
            traverse: None,
            release: None,
            clear: None,
            finalized: false,
        }
    }

    /// Whether the end of such an object is the end of its block and nothing else.
    #[inline]
    #[must_use]
    pub fn is_leaf(&self) -> bool {
        self.traverse.is_none() && self.release.is_none() && !self.finalized
    }
}

/// A Rust type that is the layout of a kind of objects.
///
/// # Safety
/// `repr(C)`, and the first field is a [`Header`] made with [`Self::KIND`].
pub unsafe trait Object: Sized {
    /// The kind.
    const KIND: &'static Kind;
}

const SHARED: u8 = 0b0001;
const DEFERRED: u8 = 0b0010;
const FINALIZED: u8 = 0b0100;

/// What every heap object starts with.
#[repr(C)]
pub struct Header {
    /// The reference count.
    pub count: RefCount,
    kind: &'static Kind,
    /// The lock of this object.
    pub lock: ObjectLock,
    flags: AtomicU8,
    tag: cell::Cell<Tag>,
    /// The collector's: the object's place in its table. Touched while the world is stopped.
    place: cell::Cell<u32>,
}

impl Header {
    /// The header of a new object of the calling thread, with one reference.
    #[inline]
    #[must_use]
    pub fn new(ts: &ThreadState, kind: &'static Kind) -> Self {
        Self {
            count: RefCount::new(ts.id()),
            kind,
            lock: ObjectLock::new(),
            flags: AtomicU8::new("flags", 0),
            tag: cell::Cell::new("tag", kind.tag),
            place: cell::Cell::new("collector's place", 0),
        }
    }

    /// The object's place in the collector's table, or anything at all. The world is stopped.
    pub(super) fn place(&self) -> usize {
        // SAFETY: only the collector, who stopped the world, comes here.
        self.place.with(|place| unsafe { *place }) as usize
    }

    /// Sets what [`Self::place`] gives. The world is stopped.
    pub(super) fn set_place(&self, to: u32) {
        // SAFETY: as above.
        self.place.with_mut(|place| unsafe { *place = to });
    }

    /// The kind of the object.
    #[inline]
    #[must_use]
    pub fn kind(&self) -> &'static Kind {
        self.kind
    }

    /// The layout of the object.
    #[inline]
    #[must_use]
    pub fn tag(&self) -> Tag {
        // SAFETY: it never changes. It is a cell so that a model sees who reads an object that may be gone.
        self.tag.with(|tag| unsafe { *tag })
    }

    /// Whether other threads may read this container without its lock.
    #[inline]
    #[must_use]
    pub fn is_shared(&self) -> bool {
        // ORDERING: pairs with `mark_shared`; a reader that trusts the mark sees every block that the owner, still
        // unaware of readers, replaced and freed at once before it (Invariant 1).
        self.flags.load(site("header.is_shared", Ordering::Acquire)) & SHARED != 0
    }

    /// Lets other threads read this container without its lock. The caller holds the lock.
    pub fn mark_shared(&self) {
        // ORDERING: pairs with `is_shared`; the lock ordered the owner's replacements before this.
        self.flags
            .fetch_or(SHARED, site("header.mark_shared", Ordering::Release));
    }

    /// Makes the block wait for quiescence when the object dies; the caller still owns a reference.
    pub fn defer(&self) {
        // ORDERING: relaxed: the reference that the caller drops next carries this to the thread that frees.
        if self.flags.load(Ordering::Relaxed) & DEFERRED == 0 {
            // ORDERING: as above.
            self.flags.fetch_or(DEFERRED, Ordering::Relaxed);
        }
    }

    /// Whether the finalizer is to run now. The object is dead.
    pub(super) fn finalize_once(&self) -> bool {
        // ORDERING: relaxed: a second end comes after a resurrection, which the count orders after this one.
        self.flags.fetch_or(FINALIZED, Ordering::Relaxed) & FINALIZED == 0
    }

    /// Whether the calling thread owns the object.
    #[inline]
    #[must_use]
    pub fn is_owned_by(&self, ts: &ThreadState) -> bool {
        self.count.owner() == Some(ts.id())
    }

    /// Whether the block must wait for quiescence. The object is dead.
    #[inline]
    #[must_use]
    pub fn is_deferred(&self) -> bool {
        // ORDERING: relaxed: every mark happened before its reference was dropped, and the count carried that here.
        self.flags.load(Ordering::Relaxed) & DEFERRED != 0
    }
}

impl fmt::Debug for Header {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Header")
            .field("kind", &self.kind.name)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_is_four_words() {
        assert_eq!(size_of::<Header>(), 32);
    }
}
