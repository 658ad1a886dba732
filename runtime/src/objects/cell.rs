//! Cells: the variable that a function shares with the functions inside it.
//!
//! A cell is a container of one item and follows the rules of `shared`: a read needs no lock, a write does.
//!
//! # Orderings
//! | site         | operation  | order   | pairs with   | carries                   | if weakened     |
//! | cell.publish | store slot | Release | cell.load    | the item's header, fields | use before init |
//! | cell.load    | load slot  | Acquire | cell.publish | the same                  | use before init |

use std::ptr::NonNull;

use crate::objects::header::{Header, Kind, Object, Size, Tag};
use crate::objects::life::{alloc_value, decref};
use crate::objects::shared::{
    Read, locked, mark_before_read, read_slot, read_slot_locked, removed,
};
use crate::objects::value::{Slot, Value};
use crate::protocols::thread_state::ThreadState;
use crate::sync::atomic::Ordering;
use crate::sync::{event, site};

/// A cell object.
#[repr(C)]
#[derive(Debug)]
pub struct Cell {
    header: Header,
    item: Slot,
}

// SAFETY: `repr(C)`, header first.
unsafe impl Object for Cell {
    const KIND: &'static Kind = &Kind {
        traverse: Some(traverse),
        clear: Some(clear),
        size: Size::Fixed(size_of::<Cell>()),
        ..Kind::leaf("cell", Tag::Cell)
    };
}

/// A new cell that takes over the reference to `item`.
#[must_use]
pub fn new(ts: &ThreadState, item: Option<Value>) -> Value {
    let header = Header::new(ts, Cell::KIND);
    let item = Slot::new("item", item);
    alloc_value(ts, Cell { header, item })
}

/// The item, a new reference; `None` while the cell is empty.
#[inline]
#[must_use]
pub fn get(ts: &ThreadState, cell: &Cell) -> Option<Value> {
    event::reads(cell, None);
    mark_before_read(ts, &cell.header);
    // ORDERING: pairs with `cell.publish`: the item's header and fields are initialised.
    match read_slot(ts, &cell.item, site("cell.load", Ordering::Acquire)) {
        Read::Found(item) => Some(item),
        Read::Absent => None,
        Read::Changed | Read::Unclear => {
            locked(ts, &cell.header, || read_slot_locked(ts, &cell.item))
        }
    }
}

/// Puts another item in, or none; takes over the reference.
pub fn set(ts: &ThreadState, cell: &Cell, item: Option<Value>) {
    event::writes(cell, None);
    let old = locked(ts, &cell.header, || {
        // ORDERING: relaxed: the slot changes under the lock.
        let old = cell.item.load(Ordering::Relaxed);
        // ORDERING: pairs with `cell.load`.
        cell.item
            .store(item, site("cell.publish", Ordering::Release));
        old.map(|old| removed(&cell.header, old))
    });
    // SAFETY: the cell owned the reference.
    old.into_iter().for_each(|old| unsafe { decref(ts, old) });
}

unsafe fn traverse(object: NonNull<Header>, visit: &mut dyn FnMut(Value)) {
    // SAFETY: the caller's clause; the kind says that this is a cell.
    let cell = unsafe { object.cast::<Cell>().as_ref() };
    // ORDERING: relaxed: nobody else uses the cell meanwhile.
    cell.item
        .load(Ordering::Relaxed)
        .into_iter()
        .for_each(visit);
}

unsafe fn clear(ts: &ThreadState, object: NonNull<Header>) {
    // SAFETY: the object is alive, by the caller's clause.
    set(ts, unsafe { object.cast::<Cell>().as_ref() }, None);
}
