//! Lists: writers hold the list's lock, readers index without it.
//!
//! # Source           PEP 703 "Container Thread-Safety"; CPython Objects/listobject.c (3.13.5).
//! Differences: slots beyond the length are empty, so a reader needs no length; a read slot is not read again, because
//! removed items keep their block until the next quiescent state; a slice assignment, a clear and a reversal publish a
//! new array in one step.
//!
//! # State            items ──▶ array { capacity, slot 0 .. slot capacity-1 }      len
//!   items null               no slot; len is 0
//!   slot i filled, i < len   the item, one reference
//!   slot i empty, i >= len   nothing
//!
//! # Transitions      (l) holding the list's lock   (r) any thread that owns the list or saw it marked shared
//!   append   -l-> array with room for it, slot len filled, len + 1
//!   insert   -l-> as append, the slots after it shifted from the last to the first
//!   remove   -l-> the slots after it shifted from the first to the last, slot len-1 emptied, len - 1
//!   rewrite  -l-> a new array
//!   repeat   -l-> as append, for every item
//!   arrange  -l-> no array; code may run, and open the section; a new array
//!   get      -r-> the array, its capacity, the slot, a reference; on doubt the lock
//!
//! # Invariants
//! 1. A slot holds one reference for as long as it is filled.          every list scenario, by its memory oracles
//! 2. Slots from len on are empty while the lock is free.              list_get_vs_pop
//! 3. A slot is touched only at an index below its array's capacity.   list_get_vs_growth, list_get_vs_shrink
//! 4. An array that readers can hold is freed through QSBR.            list_get_vs_growth, list_owner_get_vs_foreign_growth
//! 5. An item that readers can hold has a header until quiescence.     list_get_vs_pop, list_get_vs_clear
//! 6. What is chosen by length or value is chosen under the lock under which it goes. list_remove_vs_pop,
//!    list_slice_deletes_add_up, list_repeat_vs_append, list_remove_runs_code
//! 7. What takes two lists is done at one moment of both.              list_concat_vs_appends, list_extend_from_vs_appends
//! 8. Nothing that another thread put in is lost by a sort.            list_sort_vs_append, list_sort_gives_way
//!
//! # Orderings
//! | site               | operation   | order   | pairs with         | carries                      | if weakened    |
//! | list.items.publish | store items | Release | list.items.load    | the array's head and slots   | use before init|
//! | list.items.load    | load items  | Acquire | list.items.publish | the same                     | use before init|
//! | list.slot.publish  | store slot  | Release | list.slot.load     | the item's header and fields | use before init|
//! | list.slot.shift    | store slot  | Release | list.slot.load     | the same, from its creator   | use before init|
//! | list.slot.load     | load slot   | Acquire | list.slot.publish  | the same                     | use before init|
//!
//! # Not covered      Operations on many slots are seen slot by slot: during an insert an item can be found twice, during
//! a removal in neither place (as in CPython, gh-129619). The length and the slots are not read at one moment.
//!
//! # Checks           Scenarios `list_*`, faults `li*`, `m6-*`, `qs-*`, `rd-*`, ordering sites `list.*`.

mod compound;
mod layout;
mod read;
#[cfg(test)]
mod tests;
mod write;

use std::ptr::NonNull;

use crate::objects::compare;
use crate::objects::header::{Header, Kind, Object};
use crate::objects::hooks::Error;
use crate::objects::life::{alloc_in_class, alloc_value, decref, new_ref};
use crate::objects::value::Value;
use crate::protocols::thread_state::ThreadState;
use crate::sync::event;

pub use compound::{
    arrange, clear, concat, extend_from, remove_value, repeat, replace, reverse, rewrite,
    rewrite_from, snapshots, within,
};
use layout::Array;
pub use layout::List;

/// A new list that takes over the references to `items`.
#[must_use]
pub fn new(ts: &ThreadState, items: &[Value]) -> Value {
    let array = (!items.is_empty()).then(|| Array::alloc(ts, items.len(), items.iter().copied()));
    let list = List::new(Header::new(ts, List::KIND), array, items.len());
    alloc_value(ts, list)
}

/// A new list of the items, which it borrows, so many times one after the other.
#[must_use]
pub fn repeated(ts: &ThreadState, items: &[Value], count: usize) -> Value {
    let len = items.len() * count;
    let all = items.iter().cycle().take(len);
    let array = (len > 0).then(|| Array::alloc(ts, len, all.map(|&item| new_ref(ts, item))));
    alloc_value(ts, List::new(Header::new(ts, List::KIND), array, len))
}

/// A new empty list that is an instance of a class that shares the layout.
///
/// # Safety
/// The caller borrows the class, which is one of lists.
#[must_use]
pub unsafe fn new_in(ts: &ThreadState, class: NonNull<Kind>) -> Value {
    // SAFETY: the caller's clause.
    let block = unsafe { alloc_in_class(ts, class, |header| List::new(header, None, 0), 0) };
    Value::object(block.cast())
}

/// The item at a Python index, a new reference; `None` when there is no such item.
#[inline]
#[must_use]
pub fn get(ts: &ThreadState, list: &List, index: i64) -> Option<Value> {
    event::glances(list, u64::try_from(index).ok());
    event::call("list.get", index, || read::get(ts, list, index))
}

/// Puts `value`, whose reference it takes over, at a Python index.
///
/// # Errors
/// The value, when there is no such item.
#[inline]
pub fn set(ts: &ThreadState, list: &List, index: i64, value: Value) -> Result<(), Value> {
    event::writes(list, u64::try_from(index).ok());
    let old = event::call("list.set", (index, value), || {
        write::locked(ts, list, |writer| writer.set(index, value))
    })?;
    // SAFETY: the slot owned the reference.
    unsafe { decref(ts, old) };
    Ok(())
}

/// Adds `value`, whose reference it takes over, at the end.
#[inline]
pub fn append(ts: &ThreadState, list: &List, value: Value) {
    event::writes(list, None);
    event::call("list.append", value, || {
        write::locked_append(ts, list, |writer| writer.push(value));
    });
}

/// Adds all `values`, whose references it takes over, at the end.
pub fn extend(ts: &ThreadState, list: &List, values: &[Value]) {
    event::writes(list, None);
    event::operation("list.extend", || {
        write::locked(ts, list, |writer| writer.extend(values));
    });
}

/// Puts `value`, whose reference it takes over, before a Python index, which is clamped.
pub fn insert(ts: &ThreadState, list: &List, index: i64, value: Value) {
    event::writes(list, None);
    event::call("list.insert", (index, value), || {
        write::locked(ts, list, |writer| writer.insert(index, value));
    });
}

/// Takes the item at a Python index out and gives it to the caller; `None` when there is no such item.
#[must_use = "the reference must be given back"]
pub fn pop(ts: &ThreadState, list: &List, index: i64) -> Option<Value> {
    event::writes(list, None);
    event::call("list.pop", index, || {
        let index = read::place_to_pop(list, index);
        write::locked(ts, list, |writer| writer.remove(index))
    })
}

/// Deletes the item at a Python index; says whether there was one.
pub fn delete(ts: &ThreadState, list: &List, index: i64) -> bool {
    let removed = pop(ts, list, index);
    // SAFETY: the list gave its reference to this call.
    removed.inspect(|&item| unsafe { decref(ts, item) });
    removed.is_some()
}

/// All items at one moment, new references.
#[must_use = "the references must be given back"]
pub fn snapshot(ts: &ThreadState, list: &List) -> Vec<Value> {
    event::reads(list, None);
    read::all(ts, list)
}

/// The first index whose item is `value` or equals it.
///
/// # Errors
/// What a comparison raised.
pub fn index_of(ts: &ThreadState, list: &List, value: Value) -> Result<Option<usize>, Error> {
    for index in 0.. {
        let Some(item) = get(ts, list, index) else {
            return Ok(None);
        };
        let same = compare::same(ts, item, value);
        // SAFETY: `get` gave a new reference.
        unsafe { decref(ts, item) };
        if same? {
            return Ok(Some(index as usize));
        }
    }
    Ok(None)
}

unsafe fn traverse(object: NonNull<Header>, visit: &mut dyn FnMut(Value)) {
    // SAFETY: the caller's clause; the kind says that this is a list.
    let list = unsafe { object.cast::<List>().as_ref() };
    read::each_locked(list, visit);
}

unsafe fn release(ts: &ThreadState, object: NonNull<Header>) {
    // SAFETY: the object is dead, by the caller's clause.
    let list = unsafe { object.cast::<List>().as_ref() };
    if let Some(array) = list.array_locked() {
        // SAFETY: every reader of the array held a reference to the list, and none is left.
        unsafe { ts.local().free(array.cast()) };
    }
}

unsafe fn clear_object(ts: &ThreadState, object: NonNull<Header>) {
    // SAFETY: the object is alive, by the caller's clause.
    clear(ts, unsafe { object.cast::<List>().as_ref() });
}
