//! The header that every heap object starts with, and the table of functions that says what kind of object it is.
//!
//! # State            flags:  one bit each, set and never cleared but FROZEN and ARRANGED
//!   SHARED    other threads may read this container without its lock
//!   DEFERRED  a reader without a lock may still hold a pointer to this object: its block waits for quiescence
//!   FINALIZED the finalizer ran, and never runs again
//!   FROZEN    the collector passes over the object; changes while the world is stopped
//!   ARRANGED  a sort has taken the items out of this list, and nothing was put in since; changes under the lock
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
//! `list_get_vs_pop` (3), `list_sort_tells_changes` (ARRANGED), and the faults that name them.

mod marks;

use std::fmt;
use std::ptr::NonNull;

use crate::objects::local;
use crate::objects::value::Value;
use crate::protocols::object_lock::ObjectLock;
use crate::protocols::refcount::RefCount;
use crate::protocols::thread_state::ThreadState;
use crate::sync::atomic::{AtomicU8, Ordering};
use crate::sync::{cell, site};

/// Which layout an object has: a number that a subclass shares with the class whose layout it uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(transparent)]
pub struct Tag(pub u8);

macro_rules! tags {
    ($($name:ident $number:literal $what:literal;)*) => {
        #[allow(non_upper_case_globals, reason = "they stand where the variants of an enum would")]
        impl Tag {
            $(#[doc = $what] pub const $name: Self = Self($number);)*
        }
    };
}

tags! {
    Int      0 "`int` beyond the small ones.";
    Float    1 "`float`";
    Str      2 "`str`";
    Tuple    3 "`tuple`";
    List     4 "`list`";
    Dict     5 "`dict`";
    Range    6 "`range`";
    Cell     7 "A cell.";
    Instance 8 "`object` and what has no other layout.";
    Set      9 "`set`";
    FrozenSet 10 "`frozenset`";
    WeakRef  11 "A weak reference.";
    Iterator 12 "An iterator of a sequence.";
    TableIterator 13 "An iterator of a dict or set.";
    Bytearray 14 "`bytearray`";
    Places   15 "Where the characters of a long string begin.";
    Deque    16 "`collections.deque`";
    Library  31 "An object of the library; [`Kind::part`] says which layout.";
    Type     32 "A class.";
    Function 33 "A function.";
    Other    34 "Every other object of the layer above.";
}

impl Tag {
    /// The tags from here on belong to layouts that the objects here know nothing of.
    pub const FIRST_ABOVE: u8 = 32;
    /// Tags are below this number.
    pub const LIMIT: u8 = 0x80;

    /// Whether comparing and hashing such an object is up to the layer above.
    #[inline]
    #[must_use]
    pub fn is_above(self) -> bool {
        matches!(
            self,
            Self::Instance | Self::Bytearray | Self::WeakRef | Self::Deque | Self::Library
        ) || self.0 >= Self::FIRST_ABOVE
    }
}

/// Set in the header's byte for an instance of a class that only shares the layout.
const SUBCLASS: u8 = Tag::LIMIT;

/// Shows every reference that an object owns; see [`Kind::traverse`].
pub type Traverse = unsafe fn(NonNull<Header>, &mut dyn FnMut(Value));

/// How many bytes a layout takes, the header included.
#[derive(Clone, Copy, Debug)]
pub enum Size {
    /// Always as many.
    Fixed(usize),
    /// It depends on the object, which is a live one of the kind.
    Of(unsafe fn(NonNull<Header>) -> usize),
}

/// What instances of a class have behind their layout, in this order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Extras {
    /// A slot for the dict of attributes.
    pub dict: bool,
    /// A slot for the list of weak references.
    pub weak: bool,
    /// Slots for the names in `__slots__`.
    pub slots: u16,
}

impl Extras {
    /// None.
    pub const NONE: Self = Self {
        dict: false,
        weak: false,
        slots: 0,
    };

    /// How many slots that is.
    #[must_use]
    pub fn count(self) -> usize {
        usize::from(self.dict) + usize::from(self.weak) + usize::from(self.slots)
    }
}

/// What the runtime must know of a class to end its instances' lives: the head of the class object, to which the
/// header of each instance points. In the models, where there are no class objects, a constant for each layout.
#[derive(Clone, Copy, Debug)]
pub struct Kind {
    /// The name of the Python type, or of the part that this is.
    pub name: &'static str,
    /// The layout.
    pub tag: Tag,
    /// Which of the layouts that have the tag [`Tag::Library`]; 0 for every other one.
    pub part: u16,
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
    /// Whether an object owns nothing beside its own block, though others of the kind do.
    ///
    /// # Safety
    /// The object is of this kind, and dead.
    pub bare: Option<unsafe fn(NonNull<Header>) -> bool>,
    /// Empties the object, so that a cycle through it ends; `None` for what cannot close a cycle by itself.
    ///
    /// # Safety
    /// The object is a live one of this kind.
    pub clear: Option<unsafe fn(&ThreadState, NonNull<Header>)>,
    /// Whether [`super::Hooks::finalize`] must run before the object dies.
    pub finalized: bool,
    /// The size of the layout.
    pub size: Size,
    /// Whether `release` gives the layout's references back by dropping its fields.
    pub drops: bool,
    /// What lies behind it.
    pub extras: Extras,
    /// The constant for the layout, for a class with something behind it.
    pub layout: Option<&'static Kind>,
    /// Whether the class only shares the layout with the one whose own it is.
    pub shares: bool,
    /// The class object, to which every instance owns a reference unless the class is immortal.
    pub class: Option<NonNull<Header>>,
}

impl Kind {
    /// A kind without references, memory of its own or finalizer.
    #[must_use]
    pub const fn leaf(name: &'static str, tag: Tag) -> Self {
        Self {
            name,
            tag,
            part: 0,
            traverse: None,
            release: None,
            bare: None,
            clear: None,
            finalized: false,
            size: Size::Fixed(size_of::<Header>()),
            drops: false,
            extras: Extras::NONE,
            layout: None,
            shares: false,
            class: None,
        }
    }

    /// Whether the end of such an object is the end of its block and nothing else.
    #[inline]
    #[must_use]
    pub fn is_leaf(&self) -> bool {
        self.traverse.is_none() && self.release.is_none() && !self.finalized
    }

    /// The byte that the header of an instance keeps.
    fn byte(&self) -> u8 {
        let subclass = if self.shares { SUBCLASS } else { 0 };
        self.tag.0 | subclass
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
const FROZEN: u8 = 0b1000;
const ARRANGED: u8 = 0b1_0000;

/// What every heap object starts with.
#[repr(C)]
pub struct Header {
    /// The reference count.
    pub count: RefCount,
    kind: NonNull<Kind>,
    /// The lock of this object.
    pub lock: ObjectLock,
    flags: AtomicU8,
    tag: cell::Cell<u8>,
    /// The collector's: the object's place in its table. Touched while the world is stopped.
    place: cell::Cell<u32>,
}

impl Header {
    /// The header of a new object of the calling thread, with one reference: an instance of the class that this
    /// interpreter has for a layout.
    #[inline]
    #[must_use]
    pub fn new(ts: &ThreadState, kind: &'static Kind) -> Self {
        let class = local::class_of(ts, kind);
        Self::with_byte(ts, class, kind.tag.0)
    }

    /// The same for an instance of any class.
    ///
    /// # Safety
    /// The kind outlives the object: it is part of a class to which the new object gets a reference, or of an
    /// immortal one.
    #[must_use]
    pub unsafe fn of_class(ts: &ThreadState, kind: NonNull<Kind>) -> Self {
        // SAFETY: the caller's clause.
        let byte = unsafe { kind.as_ref() }.byte();
        Self::with_byte(ts, kind, byte)
    }

    #[inline]
    fn with_byte(ts: &ThreadState, kind: NonNull<Kind>, byte: u8) -> Self {
        Self {
            count: RefCount::new(ts.id()),
            kind,
            lock: ObjectLock::new(),
            flags: AtomicU8::new("flags", 0),
            tag: cell::Cell::new("tag", byte),
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

    /// The kind of the object. It is not dead.
    #[inline]
    #[must_use]
    pub fn kind(&self) -> &Kind {
        // SAFETY: a live object keeps its class alive, by the clause of `of_class`.
        unsafe { self.kind.as_ref() }
    }

    /// The head of the object's class, for comparing it with another.
    #[inline]
    #[must_use]
    pub fn head(&self) -> NonNull<Kind> {
        self.kind
    }

    /// Makes the object an instance of another class with the same layout and extras.
    ///
    /// # Safety
    /// As for [`Self::of_class`]; the world is stopped.
    pub unsafe fn set_class(&mut self, kind: NonNull<Kind>) {
        // SAFETY: the caller's clause.
        let byte = unsafe { kind.as_ref() }.byte();
        self.kind = kind;
        // SAFETY: the world is stopped.
        self.tag.with_mut(|tag| unsafe { *tag = byte });
    }

    /// The layout of the object, which may be dead.
    #[inline]
    #[must_use]
    pub fn tag(&self) -> Tag {
        Tag(self.byte() & !SUBCLASS)
    }

    /// Whether the object, which is alive, has a layout.
    #[inline]
    #[must_use]
    pub fn has_layout<T: Object>(&self) -> bool {
        self.tag() == T::KIND.tag && (T::KIND.part == 0 || self.kind().part == T::KIND.part)
    }

    /// Whether the object's class is the layout's own and not one that shares it.
    #[inline]
    #[must_use]
    pub fn is_exactly(&self, tag: Tag) -> bool {
        self.byte() == tag.0
    }

    /// Whether the object has a layout, and its class is the layout's own.
    #[inline]
    #[must_use]
    pub fn is_exactly_of<T: Object>(&self) -> bool {
        self.is_exactly(T::KIND.tag) && self.has_layout::<T>()
    }

    /// Whether comparing and hashing the object is up to the layer above.
    #[inline]
    #[must_use]
    pub fn runs_code(&self) -> bool {
        self.byte() & SUBCLASS != 0 || self.tag().is_above()
    }

    #[inline]
    fn byte(&self) -> u8 {
        // SAFETY: it changes only while the world is stopped. It is a cell so that a model sees who reads an object that
        // may be gone.
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
            .field("tag", &self.tag())
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
