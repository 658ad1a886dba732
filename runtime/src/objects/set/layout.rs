//! How a set lies in memory: the object, and the table with its mask and its places in one block.

use std::alloc::Layout;
use std::ptr::{self, NonNull};

use super::probe::Probe;
use crate::objects::header::{Header, Kind, Object, Size, Tag};
use crate::objects::value::{Slot, Value};
use crate::protocols::thread_state::ThreadState;
use crate::sync::atomic::{AtomicI64, AtomicPtr, AtomicUsize, Ordering};
use crate::sync::cell::Cell;
use crate::sync::heap;
use crate::sync::{event, invariant, site};

/// What a place holds whose key was removed: the address of no object.
pub(super) const REMOVED: Value = Value::object(NonNull::dangling());
/// The smallest table.
pub(super) const MIN_PLACES: usize = 8;
/// The cached hash of a frozenset that nobody asked for yet; no hash is -1.
const NO_HASH: i64 = -1;

/// A set object, or the inside of a frozenset.
#[repr(C)]
#[derive(Debug)]
pub struct Set {
    pub(super) header: Header,
    /// Null while the set never had a key.
    table: AtomicPtr<Table>,
    used: AtomicUsize,
    hash: AtomicI64,
    inner: Cell<Inner>,
}

/// What only the holder of the lock uses.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Inner {
    /// Counts changes of the keys, for a holder of the lock that ran Python code meanwhile.
    pub(super) version: u64,
    /// Where the next `pop` begins to look.
    pub(super) finger: usize,
}

/// A frozenset object: a set that does not change once other code can reach it.
#[repr(transparent)]
#[derive(Debug)]
pub struct FrozenSet(pub(super) Set);

// SAFETY: `repr(C)`, header first.
unsafe impl Object for Set {
    const KIND: &'static Kind = &Kind {
        traverse: Some(super::traverse),
        release: Some(super::release),
        clear: Some(super::clear_object),
        size: Size::Fixed(size_of::<Set>()),
        ..Kind::leaf("set", Tag::Set)
    };
}

// SAFETY: as above, by `repr(transparent)`. Without a way to clear it, like a tuple: a cycle needs something mutable.
unsafe impl Object for FrozenSet {
    const KIND: &'static Kind = &Kind {
        traverse: Some(super::traverse),
        release: Some(super::release),
        size: Size::Fixed(size_of::<FrozenSet>()),
        ..Kind::leaf("frozenset", Tag::FrozenSet)
    };
}

impl FrozenSet {
    /// What it is inside.
    #[inline]
    #[must_use]
    pub fn as_set(&self) -> &Set {
        &self.0
    }
}

/// The head of a table; the places follow it.
#[repr(C)]
#[derive(Debug)]
pub(super) struct Table {
    /// The number of places less one. Never changes; in a cell so that a model sees who reads a table that is gone.
    mask: Cell<usize>,
    /// How many places were ever used.
    fill: Cell<usize>,
}

/// One place. It is used for one key only, so its hash is written once.
#[repr(C)]
#[derive(Debug)]
pub(super) struct Place {
    hash: Cell<u64>,
    key: Slot,
}

impl Set {
    pub(super) fn new(header: Header, table: Option<NonNull<Table>>, used: usize) -> Self {
        Self {
            header,
            table: AtomicPtr::new("table", pointer(table)),
            used: AtomicUsize::new("used", used),
            hash: AtomicI64::new("frozenset hash", NO_HASH),
            inner: Cell::new("set", Inner::default()),
        }
    }

    /// The table for a reader without the lock.
    #[inline]
    pub(super) fn table(&self) -> Option<&Table> {
        // ORDERING: pairs with `set.table.publish`: the mask and the places are initialised.
        let table = self.table.load(site("set.table.load", Ordering::Acquire));
        // SAFETY: the reader looks before its next quiescent state, and the table is not freed before that.
        unsafe { table.as_ref() }
    }

    /// The table for the holder of the lock.
    pub(super) fn table_locked(&self) -> Option<&Table> {
        // ORDERING: relaxed: it changes under the lock that the caller holds.
        let table = self.table.load(Ordering::Relaxed);
        // SAFETY: the caller holds the lock, or is alone with the set, and looks before it replaces the table.
        unsafe { table.as_ref() }
    }

    pub(super) fn publish(&self, table: Option<NonNull<Table>>) {
        // ORDERING: pairs with `set.table.load`: readers find an initialised table.
        let order = site("set.table.publish", Ordering::Release);
        self.table.store(pointer(table), order);
    }

    /// The number of keys; without the lock a hint that may be old when it arrives.
    #[inline]
    #[must_use]
    pub fn len(&self) -> usize {
        // ORDERING: relaxed: no access depends on it.
        self.used.load(Ordering::Relaxed)
    }

    /// Whether there are no keys; as good as [`Self::len`].
    #[inline]
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub(super) fn set_len(&self, len: usize) {
        event::stores(self, event::LENGTH);
        // ORDERING: relaxed, as in `len`.
        self.used.store(len, Ordering::Relaxed);
    }

    /// Whether this is the inside of a frozenset.
    #[must_use]
    pub fn is_frozen(&self) -> bool {
        self.header.tag() == Tag::FrozenSet
    }

    /// The cached hash.
    pub(super) fn cached_hash(&self) -> Option<i64> {
        // ORDERING: relaxed: the value depends on nothing but what never changes.
        Some(self.hash.load(Ordering::Relaxed)).filter(|&hash| hash != NO_HASH)
    }

    pub(super) fn cache_hash(&self, hash: i64) {
        // ORDERING: relaxed: whoever misses it computes the same value.
        self.hash.store(hash, Ordering::Relaxed);
    }

    /// What the holder of the lock uses; the caller is that.
    pub(super) fn inner<R>(&self, use_it: impl FnOnce(&mut Inner) -> R) -> R {
        // SAFETY: by the clause above nobody else uses it meanwhile.
        self.inner.with_mut(|inner| use_it(unsafe { &mut *inner }))
    }

    /// The version; the caller holds the lock.
    pub(super) fn version(&self) -> u64 {
        self.inner(|inner| inner.version)
    }
}

fn pointer(table: Option<NonNull<Table>>) -> *mut Table {
    table.map_or(ptr::null_mut(), NonNull::as_ptr)
}

impl Table {
    /// A new table of so many places, a power of two.
    pub(super) fn alloc(ts: &ThreadState, places: usize) -> NonNull<Self> {
        let block = ts
            .local()
            .alloc(Self::layout(places), heap::Kind::Memory("table"));
        let table = block.cast::<Self>();
        // SAFETY: the block is new and has room for the head and the places.
        unsafe {
            table.write(Self {
                mask: Cell::new("mask", places - 1),
                fill: Cell::new("fill", 0),
            });
            let first = table.add(1).cast::<Place>();
            for index in 0..places {
                first.add(index).write(Place::vacant());
            }
        }
        table
    }

    fn layout(places: usize) -> Layout {
        const HUGE: &str = "a set is smaller than the address space";
        let places = Layout::array::<Place>(places).expect(HUGE);
        Layout::new::<Self>().extend(places).expect(HUGE).0
    }

    #[inline]
    pub(super) fn mask(&self) -> usize {
        // SAFETY: written before the table was published, and never again.
        self.mask.with(|mask| unsafe { *mask })
    }

    /// How many places were ever used; the caller holds the lock.
    pub(super) fn fill(&self) -> usize {
        // SAFETY: by the clause above nobody writes it meanwhile.
        self.fill.with(|fill| unsafe { *fill })
    }

    /// One place; `index` is at most the mask.
    #[inline]
    pub(super) fn place(&self, index: usize) -> &Place {
        let mask = self.mask();
        invariant!(
            index <= mask,
            "set 3",
            "place {index} of a table with mask {mask}"
        );
        // SAFETY: by Invariant 3 the place exists, and the places follow the head.
        unsafe {
            NonNull::from(self)
                .add(1)
                .cast::<Place>()
                .add(index)
                .as_ref()
        }
    }

    /// Fills a vacant place; the caller holds the lock, or nobody else knows the table.
    pub(super) fn put(&self, index: usize, hash: u64, key: Value) {
        self.place(index).fill(hash, key);
        // SAFETY: by the clause above nobody else uses it meanwhile.
        self.fill.with_mut(|fill| unsafe { *fill += 1 });
    }

    /// Fills the first vacant place on the way of a hash, as [`Self::put`].
    pub(super) fn add(&self, hash: u64, key: Value) {
        // ORDERING: relaxed: the places change under the lock.
        let vacant = |&index: &usize| self.place(index).key(Ordering::Relaxed).is_none();
        let index = Probe::new(self.mask(), hash).find(vacant);
        self.put(index.expect("a probe reaches every place"), hash, key);
    }

    /// Every key with its place, from a place on; the caller holds the lock.
    pub(super) fn live(&self, start: usize) -> impl Iterator<Item = (usize, u64, Value)> {
        (start..=self.mask()).filter_map(|index| {
            let place = self.place(index);
            // ORDERING: relaxed: keys change under the lock.
            let key = place.key(Ordering::Relaxed).filter(|&key| key != REMOVED)?;
            Some((index, place.hash(), key))
        })
    }
}

impl Place {
    fn vacant() -> Self {
        Self {
            hash: Cell::new("hash", 0),
            key: Slot::new("key", None),
        }
    }

    /// The hash; the caller found the key, or holds the lock.
    #[inline]
    pub(super) fn hash(&self) -> u64 {
        // SAFETY: written once, before the key (Invariant 1).
        self.hash.with(|hash| unsafe { *hash })
    }

    /// The key, [`REMOVED`], or nothing where no key ever was.
    #[inline]
    pub(super) fn key(&self, order: Ordering) -> Option<Value> {
        self.key.load(order)
    }

    fn fill(&self, hash: u64, key: Value) {
        // SAFETY: nobody reads the hash before there is a key.
        self.hash.with_mut(|place| unsafe { *place = hash });
        // ORDERING: pairs with `set.key.load`: who finds the key sees its hash, and the key's header and fields.
        let order = site("set.key.publish", Ordering::Release);
        self.key.store(Some(key), order);
    }

    /// Takes the key away for good.
    pub(super) fn remove(&self) {
        // ORDERING: relaxed: there is nothing to find.
        self.key.store(Some(REMOVED), Ordering::Relaxed);
    }
}

const _: () = assert!(
    size_of::<Table>().is_multiple_of(align_of::<Place>()),
    "places follow the head"
);
