//! How a list lies in memory: the object, and the array of slots that it points to.

use std::alloc::Layout;
use std::ptr::{self, NonNull};

use crate::objects::header::{Header, Kind, Object, Size, Tag};
use crate::objects::value::{Slot, Value};
use crate::protocols::thread_state::ThreadState;
use crate::sync::atomic::{AtomicPtr, AtomicUsize, Ordering};
use crate::sync::cell::Cell;
use crate::sync::heap;
use crate::sync::{event, invariant, site};

/// A list object.
#[repr(C)]
#[derive(Debug)]
pub struct List {
    pub(super) header: Header,
    /// Null while the list never had an item.
    items: AtomicPtr<Array>,
    len: AtomicUsize,
}

// SAFETY: `repr(C)`, header first.
unsafe impl Object for List {
    const KIND: &'static Kind = &Kind {
        traverse: Some(super::traverse),
        release: Some(super::release),
        clear: Some(super::clear_object),
        size: Size::Fixed(size_of::<List>()),
        ..Kind::leaf("list", Tag::List)
    };
}

/// The head of a block of slots; the slots follow it. Its capacity never changes; it is in a cell so that a model sees
/// who reads the head of a block that is gone.
#[repr(C)]
#[derive(Debug)]
pub(super) struct Array {
    capacity: Cell<usize>,
}

impl List {
    pub(super) fn new(header: Header, items: Option<NonNull<Array>>, len: usize) -> Self {
        Self {
            header,
            items: AtomicPtr::new("items", pointer(items)),
            len: AtomicUsize::new("len", len),
        }
    }

    /// The array for a reader without the lock.
    #[inline]
    pub(super) fn array(&self) -> Option<&Array> {
        // ORDERING: pairs with `list.items.publish`: the head and the slots of the array are initialised.
        let items = self.items.load(site("list.items.load", Ordering::Acquire));
        // SAFETY: the reader looks before its next quiescent state, and the array is not freed before that.
        unsafe { items.as_ref() }
    }

    /// The array for the holder of the lock.
    pub(super) fn array_locked(&self) -> Option<NonNull<Array>> {
        // ORDERING: relaxed: it changes under the lock that the caller holds.
        NonNull::new(self.items.load(Ordering::Relaxed))
    }

    pub(super) fn publish(&self, items: Option<NonNull<Array>>) {
        // ORDERING: pairs with `list.items.load`: readers find an initialised array.
        let order = site("list.items.publish", Ordering::Release);
        self.items.store(pointer(items), order);
    }

    /// The number of items; without the lock a hint that may be old when it arrives.
    #[inline]
    #[must_use]
    pub fn len(&self) -> usize {
        // ORDERING: relaxed: no access depends on it, since a reader checks the array's own capacity (Invariant 3).
        self.len.load(Ordering::Relaxed)
    }

    /// Whether there are no items; as good as [`Self::len`].
    #[inline]
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub(super) fn set_len(&self, len: usize) {
        event::stores(self, event::LENGTH);
        // ORDERING: relaxed, as in `len`.
        self.len.store(len, Ordering::Relaxed);
    }
}

fn pointer(items: Option<NonNull<Array>>) -> *mut Array {
    items.map_or(ptr::null_mut(), NonNull::as_ptr)
}

impl Array {
    /// A new array that holds `items` first and then nothing.
    pub(super) fn alloc(
        ts: &ThreadState,
        capacity: usize,
        items: impl IntoIterator<Item = Value>,
    ) -> NonNull<Self> {
        let block = ts
            .local()
            .alloc(Self::layout(capacity), heap::Kind::Memory("items"));
        let array = block.cast::<Self>();
        let mut filled = 0;
        // SAFETY: the block is new and has room for the head and `capacity` slots.
        unsafe {
            array.write(Self {
                capacity: Cell::new("capacity", capacity),
            });
            let slots = array.add(1).cast::<Slot>();
            for item in items.into_iter().take(capacity) {
                slots.add(filled).write(Slot::new("slot", Some(item)));
                filled += 1;
            }
            for index in filled..capacity {
                slots.add(index).write(Slot::new("slot", None));
            }
        }
        array
    }

    fn layout(capacity: usize) -> Layout {
        let slots =
            Layout::array::<Slot>(capacity).expect("a list is smaller than the address space");
        let (layout, _) = Layout::new::<Self>()
            .extend(slots)
            .expect("a list is smaller than the address space");
        layout
    }

    #[inline]
    pub(super) fn capacity(&self) -> usize {
        // SAFETY: written before the array was published, and never again.
        self.capacity.with(|capacity| unsafe { *capacity })
    }

    /// One slot; `index` is below the capacity.
    #[inline]
    pub(super) fn slot(&self, index: usize) -> &Slot {
        invariant!(
            index < self.capacity(),
            "list 3",
            "slot {index} of an array of {}",
            self.capacity()
        );
        // SAFETY: by Invariant 3 the index is below the capacity, and the slots follow the head.
        unsafe {
            NonNull::from(self)
                .add(1)
                .cast::<Slot>()
                .add(index)
                .as_ref()
        }
    }
}

const _: () = assert!(
    size_of::<Array>().is_multiple_of(align_of::<Slot>()),
    "slots follow the head"
);
