//! How a dict lies in memory: the object, and the keys block with its index table and its entries.

use std::alloc::Layout;
use std::ptr::{self, NonNull};

use super::table::{Index, Indices};
use crate::objects::header::{Header, Kind, Object, Size, Tag};
use crate::objects::value::{Slot, Value};
use crate::protocols::thread_state::ThreadState;
use crate::sync::atomic::{AtomicPtr, AtomicUsize, Ordering};
use crate::sync::cell::Cell;
use crate::sync::heap;
use crate::sync::{event, invariant, seeded, site};

/// A dict object.
#[repr(C)]
#[derive(Debug)]
pub struct Dict {
    pub(super) header: Header,
    /// Null while the dict has no room for an entry.
    keys: AtomicPtr<Keys>,
    used: AtomicUsize,
    /// Counts changes of the keys, for a holder of the lock that ran Python code meanwhile.
    version: Cell<u64>,
}

// SAFETY: `repr(C)`, header first.
unsafe impl Object for Dict {
    const KIND: &'static Kind = &Kind {
        traverse: Some(super::traverse),
        release: Some(super::release),
        clear: Some(super::clear_object),
        size: Size::Fixed(size_of::<Dict>()),
        ..Kind::leaf("dict", Tag::Dict)
    };
}

/// The head of a keys block. The index table follows it, then the entries.
#[repr(C)]
#[derive(Debug)]
pub(super) struct Keys {
    /// Never changes; in a cell so that a model sees who reads the head of a block that is gone.
    shape: Cell<Shape>,
    usable: AtomicUsize,
    entries: AtomicUsize,
    /// From this entry on there is no live one.
    end: Cell<usize>,
}

/// The sizes of a keys block.
#[derive(Clone, Copy, Debug)]
struct Shape {
    indices: Indices,
    capacity: usize,
    /// Where in the block the entries start.
    entries_at: usize,
}

/// One key and its value. An entry is used for one key only, so its hash is written once.
#[repr(C)]
#[derive(Debug)]
pub(super) struct Entry {
    hash: Cell<u64>,
    key: Slot,
    value: Slot,
}

impl Dict {
    pub(super) fn new(header: Header, keys: Option<NonNull<Keys>>, used: usize) -> Self {
        Self {
            header,
            keys: AtomicPtr::new("keys", pointer(keys)),
            used: AtomicUsize::new("used", used),
            version: Cell::new("version", 0),
        }
    }

    /// The keys for a reader without the lock.
    #[inline]
    pub(super) fn keys(&self) -> Option<&Keys> {
        // ORDERING: pairs with `dict.keys.publish`: the head, the table and the entries are initialised.
        let keys = self.keys.load(site("dict.keys.load", Ordering::Acquire));
        // SAFETY: the reader looks before its next quiescent state, and the block is not freed before that.
        unsafe { keys.as_ref() }
    }

    /// The keys for the holder of the lock.
    pub(super) fn keys_locked(&self) -> Option<&Keys> {
        // ORDERING: relaxed: they change under the lock that the caller holds.
        let keys = self.keys.load(Ordering::Relaxed);
        // SAFETY: the caller holds the lock, or is alone with the dict, and looks before it replaces the block.
        unsafe { keys.as_ref() }
    }

    pub(super) fn publish(&self, keys: Option<NonNull<Keys>>) {
        // ORDERING: pairs with `dict.keys.load`: readers find an initialised block.
        let order = site("dict.keys.publish", Ordering::Release);
        self.keys.store(pointer(keys), order);
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

    /// The version; the caller holds the lock.
    pub(super) fn version(&self) -> u64 {
        // SAFETY: by the clause above nobody writes it meanwhile.
        self.version.with(|version| unsafe { *version })
    }

    /// Tells whoever gave up the lock in the middle of a lookup to look again. The caller holds the lock.
    pub(super) fn changed(&self) {
        // SAFETY: by the clause above nobody else uses it meanwhile.
        self.version.with_mut(|version| unsafe { *version += 1 });
    }
}

fn pointer(keys: Option<NonNull<Keys>>) -> *mut Keys {
    keys.map_or(ptr::null_mut(), NonNull::as_ptr)
}

impl Keys {
    /// A new block with room for at least `room` entries.
    pub(super) fn alloc(ts: &ThreadState, room: usize) -> NonNull<Self> {
        let indices = Indices::with_room(room);
        let capacity = indices.room();
        let (layout, entries_at) = Self::layout(indices, capacity);
        let block = ts.local().alloc(layout, heap::Kind::Memory("keys"));
        let shape = Shape {
            indices,
            capacity,
            entries_at,
        };
        let head = Self {
            shape: Cell::new("shape", shape),
            usable: AtomicUsize::new("usable", capacity),
            entries: AtomicUsize::new("entries", 0),
            end: Cell::new("end", 0),
        };
        // SAFETY: the block is new and has room for the three parts at these offsets.
        unsafe {
            block.cast::<Self>().write(head);
            indices.init(block.add(Self::TABLE_AT));
            let entries = block.add(entries_at).cast::<Entry>();
            for index in 0..capacity {
                entries.add(index).write(Entry::vacant());
            }
        }
        block.cast()
    }

    /// Where in the block the index table starts.
    const TABLE_AT: usize = size_of::<Self>();

    /// The layout of the block, and where in it the entries start.
    fn layout(indices: Indices, capacity: usize) -> (Layout, usize) {
        const HUGE: &str = "a dict is smaller than the address space";
        let (layout, table_at) = Layout::new::<Self>().extend(indices.layout()).expect(HUGE);
        debug_assert_eq!(
            table_at,
            Self::TABLE_AT,
            "the head ends where the table starts"
        );
        let entries = Layout::array::<Entry>(capacity).expect(HUGE);
        layout.extend(entries).expect(HUGE)
    }

    #[inline]
    fn shape(&self) -> Shape {
        // SAFETY: written before the block was published, and never again.
        self.shape.with(|shape| unsafe { *shape })
    }

    #[inline]
    fn at<T>(&self, offset: usize) -> NonNull<T> {
        // SAFETY: the callers name an offset of `alloc`, so it lies inside the block.
        unsafe { NonNull::from(self).cast::<u8>().add(offset).cast() }
    }

    /// The places where a key with this hash can be, in order.
    #[inline]
    pub(super) fn probe(&self, hash: u64) -> super::table::Probe {
        self.shape().indices.probe(hash)
    }

    /// What the index table holds at a place.
    #[inline]
    pub(super) fn index(&self, place: usize, order: Ordering) -> Index {
        // SAFETY: the table is where `alloc` made it.
        unsafe {
            self.shape()
                .indices
                .load(self.at(Self::TABLE_AT), place, order)
        }
    }

    pub(super) fn set_index(&self, place: usize, index: Index, order: Ordering) {
        // SAFETY: the table is where `alloc` made it.
        unsafe {
            self.shape()
                .indices
                .store(self.at(Self::TABLE_AT), place, index, order)
        };
    }

    /// One entry; `index` is below the capacity.
    #[inline]
    pub(super) fn entry(&self, index: usize) -> &Entry {
        let shape = self.shape();
        invariant!(
            index < shape.capacity,
            "dict 3",
            "entry {index} of {}",
            shape.capacity
        );
        // SAFETY: by Invariant 3 the index is below the capacity, and the entries are where `alloc` made them.
        unsafe { self.at::<Entry>(shape.entries_at).add(index).as_ref() }
    }

    /// How many entries were ever made; the caller holds the lock.
    pub(super) fn entries(&self) -> usize {
        // ORDERING: relaxed: it changes under the lock.
        self.entries.load(Ordering::Relaxed)
    }

    /// Whether no entry can be made any more; the caller holds the lock.
    pub(super) fn is_full(&self) -> bool {
        // ORDERING: relaxed: it changes under the lock.
        self.usable.load(Ordering::Relaxed) == 0
    }

    /// Counts one more entry. A reader of both counts never finds fewer than the capacity in all (Invariant 5).
    pub(super) fn count_entry(&self) {
        if seeded!("di5-usable-first") {
            self.lower_usable();
            self.raise_entries();
        } else {
            self.raise_entries();
            self.lower_usable();
        }
    }

    fn raise_entries(&self) {
        // ORDERING: relaxed: `dict.usable.lower` publishes it.
        self.entries.store(self.entries() + 1, Ordering::Relaxed);
    }

    fn lower_usable(&self) {
        // ORDERING: relaxed: it changes under the lock.
        let usable = self.usable.load(Ordering::Relaxed);
        // ORDERING: pairs with `dict.usable.read`: who sees it lowered sees the entry counted.
        let order = site("dict.usable.lower", Ordering::Release);
        self.usable.store(usable - 1, order);
    }

    /// How many entries the block can have had when this call began, at least; needs no lock.
    pub(super) fn room(&self) -> usize {
        // ORDERING: pairs with `dict.usable.lower`: the entry for which it was lowered is counted.
        let usable = self
            .usable
            .load(site("dict.usable.read", Ordering::Acquire));
        usable + self.entries()
    }

    /// Every entry that has a key, from a position on; the caller holds the lock.
    pub(super) fn live(&self, start: usize) -> impl DoubleEndedIterator<Item = Live> {
        (start..self.end()).filter_map(|index| {
            let entry = self.entry(index);
            let (key, value) = entry.pair_locked()?;
            let hash = entry.hash();
            Some(Live {
                index,
                hash,
                key,
                value,
            })
        })
    }

    fn end(&self) -> usize {
        // SAFETY: the caller holds the lock, or is alone with the dict.
        self.end.with(|end| unsafe { *end })
    }

    /// Notes that from this entry on there is no live one. The caller holds the lock.
    pub(super) fn set_end(&self, entry: usize) {
        // SAFETY: by the clause above nobody else uses it meanwhile.
        self.end.with_mut(|end| unsafe { *end = entry });
    }

    /// The first place on the way of a hash that takes a new entry; the caller holds the lock.
    pub(super) fn free_place(&self, hash: u64) -> usize {
        self.place(hash, |index| !matches!(index, Index::Entry(_)))
    }

    /// The place that leads to a live entry; the caller holds the lock.
    pub(super) fn place_of(&self, entry: usize) -> usize {
        self.place(self.entry(entry).hash(), |index| {
            index == Index::Entry(entry)
        })
    }

    fn place(&self, hash: u64, wanted: impl Fn(Index) -> bool) -> usize {
        // ORDERING: relaxed: the table changes under the lock.
        self.probe(hash)
            .find(|&place| wanted(self.index(place, Ordering::Relaxed)))
            .expect("a probe reaches every place")
    }
}

/// A live entry, for a holder of the lock; key and value are borrowed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Live {
    pub(super) index: usize,
    pub(super) hash: u64,
    pub(super) key: Value,
    pub(super) value: Value,
}

impl Entry {
    fn vacant() -> Self {
        Self {
            hash: Cell::new("hash", 0),
            key: Slot::new("key", None),
            value: Slot::new("value", None),
        }
    }

    /// The hash; the caller found the entry through the index table, or holds the lock.
    #[inline]
    pub(super) fn hash(&self) -> u64 {
        // SAFETY: written once, before the index table named the entry (Invariant 1).
        self.hash.with(|hash| unsafe { *hash })
    }

    /// The key; `None` when it was deleted.
    #[inline]
    pub(super) fn key(&self) -> Option<Value> {
        // ORDERING: relaxed: the index table carried the key here; later it only becomes empty.
        self.key.load(Ordering::Relaxed)
    }

    /// The place of the value.
    #[inline]
    pub(super) fn value(&self) -> &Slot {
        &self.value
    }

    /// Key and value; the caller holds the lock.
    pub(super) fn pair_locked(&self) -> Option<(Value, Value)> {
        // ORDERING: relaxed: both change under the lock.
        Some((self.key()?, self.value.load(Ordering::Relaxed)?))
    }

    /// Fills a vacant entry that the index table does not name yet.
    pub(super) fn fill(&self, hash: u64, key: Value, value: Value) {
        // SAFETY: nobody reads the entry before the index table names it.
        self.hash.with_mut(|place| unsafe { *place = hash });
        // ORDERING: relaxed: `dict.index.publish`, or `dict.keys.publish` for a new block, carries both.
        self.key.store(Some(key), Ordering::Relaxed);
        // ORDERING: as above.
        self.value.store(Some(value), Ordering::Relaxed);
    }

    /// Puts another value in.
    pub(super) fn set_value(&self, value: Value) {
        // ORDERING: pairs with `dict.value.load`: readers find an initialised value; the lock orders lockers only.
        let order = if seeded!("di6-value-relaxed") {
            Ordering::Relaxed
        } else {
            site("dict.value.publish", Ordering::Release)
        };
        self.value.store(Some(value), order);
    }

    /// Empties the entry for good.
    pub(super) fn vacate(&self) {
        // ORDERING: relaxed: there is nothing to find, and the references that were here are given up later.
        self.value.store(None, Ordering::Relaxed);
        // ORDERING: as above.
        self.key.store(None, Ordering::Relaxed);
    }
}
