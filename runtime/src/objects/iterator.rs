//! Iterators over sequences, dicts and sets that several threads may share: each item goes to one thread, and what is
//! iterated over is given up once, at the end.
//!
//! # Source           CPython Objects/iterobject.c, Objects/listobject.c `listiter_next`, Objects/dictobject.c
//! `dictiter_*` (3.13.5); gh-156310, gh-154130.
//! Differences: a position is taken by a read-modify-write, so no item is given twice; the source is taken out of its
//! slot under the iterator's lock.
//!
//! # State            source: what is iterated over -> nothing, for ever        index: the next position
//!
//! # Transitions      (x) any thread with a reference   (l) holding the iterator's lock
//!   next     -x-> a reference to the source, the next position, the item; without an item, exhausted
//!   exhausted -l-> source empty; whoever emptied it gives the reference back
//!
//! # Invariants
//! 1. The reference to the source is given back once.            claim_exhausted_once, claim_dict_iterator_ends_once
//! 2. A thread uses the source under a reference of its own.     claim_exhausted_once
//! 3. A position of a sequence is taken once.                    claim_items_go_to_one
//!
//! # Orderings        none of its own: the source was there before the iterator was published, and `shared` does the rest
//!
//! # Not covered      A dict or a set that two threads iterate over with one iterator may show an item twice.
//!
//! # Checks           The scenarios named above.

use std::ptr::NonNull;

use crate::objects::dict::{self, Dict};
use crate::objects::header::{Header, Kind, Object, Tag};
use crate::objects::hooks::Error;
use crate::objects::life::{alloc_value, decref};
use crate::objects::set::{self, Set};
use crate::objects::shared::{
    Read, locked, mark_before_read, read_slot, read_slot_locked, removed,
};
use crate::objects::value::{Slot, Value};
use crate::protocols::thread_state::ThreadState;
use crate::sync::atomic::{AtomicUsize, Ordering};
use crate::sync::{cell, event, seeded};

/// What is iterated over, until it is given up.
#[derive(Debug)]
struct Source(Slot);

impl Source {
    fn new(source: Value) -> Self {
        Self(Slot::new("source", Some(source)))
    }

    /// The source, a new reference; `None` after the end.
    fn get(&self, ts: &ThreadState, iterator: &Header) -> Option<Value> {
        mark_before_read(ts, iterator);
        // ORDERING: relaxed: the source was initialised before the iterator was, and is never replaced.
        match read_slot(ts, &self.0, Ordering::Relaxed) {
            Read::Found(source) => Some(source),
            Read::Absent => None,
            Read::Changed | Read::Unclear => locked(ts, iterator, || read_slot_locked(ts, &self.0)),
        }
    }

    /// Gives the source up; only the first call does.
    fn give_up(&self, ts: &ThreadState, iterator: &Header) {
        let source = if seeded!("mi2-loaded-then-cleared") {
            let source = self.get(ts, iterator);
            // SAFETY: the reference was taken in the line above.
            source.inspect(|&source| unsafe { decref(ts, source) });
            locked(ts, iterator, || self.take(iterator));
            source
        } else {
            locked(ts, iterator, || self.take(iterator))
        };
        // SAFETY: the iterator owned the reference.
        source.inspect(|&source| unsafe { decref(ts, source) });
    }

    /// Takes the source out; the caller holds the iterator's lock.
    fn take(&self, iterator: &Header) -> Option<Value> {
        // ORDERING: relaxed: it is taken out under the lock.
        let source = self.0.load(Ordering::Relaxed)?;
        // ORDERING: relaxed: there is nothing to find.
        self.0.store(None, Ordering::Relaxed);
        Some(removed(iterator, source))
    }

    fn show(&self, visit: &mut dyn FnMut(Value)) {
        // ORDERING: relaxed: nobody else uses it meanwhile.
        self.0.load(Ordering::Relaxed).into_iter().for_each(visit);
    }
}

/// An iterator over a sequence.
#[repr(C)]
#[derive(Debug)]
pub struct SequenceIterator {
    header: Header,
    source: Source,
    index: AtomicUsize,
}

// SAFETY: `repr(C)`, header first.
unsafe impl Object for SequenceIterator {
    const KIND: &'static Kind = &Kind {
        traverse: Some(traverse),
        clear: Some(clear),
        ..Kind::leaf("iterator", Tag::Iterator)
    };
}

/// A new iterator that takes over the reference to `source`.
#[must_use]
pub fn new(ts: &ThreadState, source: Value) -> Value {
    let header = Header::new(ts, SequenceIterator::KIND);
    alloc_value(
        ts,
        SequenceIterator {
            header,
            source: Source::new(source),
            index: AtomicUsize::new("index", 0),
        },
    )
}

/// The next item, as `item` gives it for the source and a position; when it gives none, the iterator has ended for all.
///
/// # Errors
/// What `item` raised; the position counts as taken.
pub fn next(
    ts: &ThreadState,
    iterator: &SequenceIterator,
    item: impl FnOnce(&Value, usize) -> Result<Option<Value>, Error>,
) -> Result<Option<Value>, Error> {
    event::writes(iterator, None);
    event::call("iterator.next", (), || {
        let header = &iterator.header;
        let Some(source) = iterator.source.get(ts, header) else {
            return Ok(None);
        };
        // ORDERING: relaxed: only that no position is taken twice.
        let index = iterator.index.fetch_add(1, Ordering::Relaxed);
        let found = item(&source, index);
        // SAFETY: the reference was taken above.
        unsafe { decref(ts, source) };
        if found == Ok(None) {
            iterator.source.give_up(ts, header);
        }
        found
    })
}

/// What is iterated over, a new reference, and the next position; `None` after the end.
#[must_use = "the reference must be given back"]
pub fn state(ts: &ThreadState, iterator: &SequenceIterator) -> Option<(Value, usize)> {
    let source = iterator.source.get(ts, &iterator.header)?;
    // ORDERING: relaxed: other threads may take positions meanwhile.
    Some((source, iterator.index.load(Ordering::Relaxed)))
}

/// Sets the next position.
pub fn set_index(iterator: &SequenceIterator, index: usize) {
    // ORDERING: relaxed, as in `state`.
    iterator.index.store(index, Ordering::Relaxed);
}

unsafe fn traverse(object: NonNull<Header>, visit: &mut dyn FnMut(Value)) {
    // SAFETY: the caller's clause; the kind says that this is such an iterator.
    unsafe { object.cast::<SequenceIterator>().as_ref() }
        .source
        .show(visit);
}

unsafe fn clear(ts: &ThreadState, object: NonNull<Header>) {
    // SAFETY: the object is alive, by the caller's clause.
    let iterator = unsafe { object.cast::<SequenceIterator>().as_ref() };
    iterator.source.give_up(ts, &iterator.header);
}

/// Where an iterator over a dict or a set is.
#[derive(Clone, Copy, Debug)]
enum Cursor {
    Dict(dict::Cursor),
    Set(set::Cursor),
}

/// What an iterator over a dict or a set shows: new references.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry {
    /// A dict's key and its value.
    Pair(Value, Value),
    /// A set's key.
    Key(Value),
}

/// An iterator over a dict or a set.
#[repr(C)]
#[derive(Debug)]
pub struct TableIterator {
    header: Header,
    source: Source,
    cursor: cell::Cell<Cursor>,
}

// SAFETY: `repr(C)`, header first.
unsafe impl Object for TableIterator {
    const KIND: &'static Kind = &Kind {
        traverse: Some(traverse_table),
        clear: Some(clear_table),
        ..Kind::leaf("table iterator", Tag::TableIterator)
    };
}

/// A new iterator over a dict, a set or a frozenset, whose reference it takes over.
///
/// # Panics
/// When `source` is none of these.
#[must_use]
pub fn over_table(ts: &ThreadState, source: Value) -> Value {
    let of_set = |source| set::of(source).map(|set| Cursor::Set(set::Cursor::new(set)));
    let of_dict = |dict| Cursor::Dict(dict::Cursor::new(dict));
    let cursor = source
        .downcast::<Dict>()
        .map(of_dict)
        .or_else(|| of_set(&source));
    let iterator = TableIterator {
        header: Header::new(ts, TableIterator::KIND),
        source: Source::new(source),
        cursor: cell::Cell::new("cursor", cursor.expect("a dict or a set")),
    };
    alloc_value(ts, iterator)
}

/// The next entry; `None` at the end, and for ever after it.
///
/// # Errors
/// The dict or set was changed since the iterator was made.
pub fn next_entry(ts: &ThreadState, iterator: &TableIterator) -> Result<Option<Entry>, Error> {
    event::writes(iterator, None);
    event::operation("iterator.next", || {
        let header = &iterator.header;
        let Some(source) = iterator.source.get(ts, header) else {
            return Ok(None);
        };
        let found = locked(ts, header, || iterator.step(ts, &source));
        // SAFETY: the reference was taken above.
        unsafe { decref(ts, source) };
        if found == Ok(None) {
            iterator.source.give_up(ts, header);
        }
        found
    })
}

impl TableIterator {
    /// Takes a step; the caller holds the lock, which may be given up while the source's is waited for.
    fn step(&self, ts: &ThreadState, source: &Value) -> Result<Option<Entry>, Error> {
        // SAFETY: the lock is held.
        let mut cursor = self.cursor.with(|cursor| unsafe { *cursor });
        let found = cursor.next(ts, source);
        // SAFETY: the lock is held again.
        self.cursor.with_mut(|place| unsafe { *place = cursor });
        found
    }
}

impl Cursor {
    fn next(&mut self, ts: &ThreadState, source: &Value) -> Result<Option<Entry>, Error> {
        match self {
            Self::Dict(cursor) => {
                let dict: &Dict = source.downcast().expect("the dict of the cursor");
                let pair = cursor.next(ts, dict)?;
                Ok(pair.map(|(key, value)| Entry::Pair(key, value)))
            }
            Self::Set(cursor) => {
                let set: &Set = set::of(source).expect("the set of the cursor");
                Ok(cursor.next(ts, set)?.map(Entry::Key))
            }
        }
    }
}

unsafe fn traverse_table(object: NonNull<Header>, visit: &mut dyn FnMut(Value)) {
    // SAFETY: the caller's clause; the kind says that this is such an iterator.
    unsafe { object.cast::<TableIterator>().as_ref() }
        .source
        .show(visit);
}

unsafe fn clear_table(ts: &ThreadState, object: NonNull<Header>) {
    // SAFETY: the object is alive, by the caller's clause.
    let iterator = unsafe { object.cast::<TableIterator>().as_ref() };
    iterator.source.give_up(ts, &iterator.header);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::objects::list::{self, List};
    use crate::objects::new_ref;
    use crate::objects::rig::{drop_all, int, with_thread};

    fn next_of(ts: &ThreadState, iterator: &Value) -> Option<Value> {
        let iterator = iterator
            .downcast::<SequenceIterator>()
            .expect("an iterator");
        let item = |source: &Value, index: usize| {
            let list = source.downcast::<List>().expect("a list");
            Ok(list::get(ts, list, index as i64))
        };
        next(ts, iterator, item).expect("lists raise nothing")
    }

    #[test]
    fn an_iterator_that_has_ended_stays_so_and_lets_its_source_go() {
        with_thread(|ts| {
            let source = list::new(ts, &[int(1), int(2)]);
            let iterator = new(ts, new_ref(ts, source));
            assert_eq!(next_of(ts, &iterator), Some(int(1)));
            assert_eq!(next_of(ts, &iterator), Some(int(2)));
            assert_eq!(next_of(ts, &iterator), None);
            let header = source.as_header().expect("an object");
            assert!(header.count.is_uniquely_referenced(ts.id()));
            list::append(ts, source.downcast().expect("a list"), int(3));
            assert_eq!(next_of(ts, &iterator), None);
            drop_all(ts, [source, iterator]);
        });
    }

    #[test]
    fn the_position_can_be_seen_and_set() {
        with_thread(|ts| {
            let iterator = new(ts, list::new(ts, &[int(1), int(2)]));
            let inside: &SequenceIterator = iterator.downcast().expect("an iterator");
            set_index(inside, 1);
            let (source, index) = state(ts, inside).expect("it has not ended");
            assert_eq!(index, 1);
            drop_all(ts, [source]);
            assert_eq!(next_of(ts, &iterator), Some(int(2)));
            drop_all(ts, [iterator]);
        });
    }

    #[test]
    fn dicts_and_sets_are_iterated_over_entry_by_entry() {
        with_thread(|ts| {
            let (dict, set) = (dict::new(ts), set::new(ts));
            let _ = dict::insert(ts, dict.downcast().expect("a dict"), int(1), int(2));
            let _ = set::add(ts, set::of(&set).expect("a set"), int(3));
            let iterators = [over_table(ts, dict), over_table(ts, set)];
            let entries = [Entry::Pair(int(1), int(2)), Entry::Key(int(3))];
            for (iterator, entry) in iterators.iter().zip(entries) {
                let iterator: &TableIterator = iterator.downcast().expect("an iterator");
                assert_eq!(next_entry(ts, iterator), Ok(Some(entry)));
                assert_eq!(next_entry(ts, iterator), Ok(None));
                assert_eq!(next_entry(ts, iterator), Ok(None));
            }
            drop_all(ts, iterators);
        });
    }
}
