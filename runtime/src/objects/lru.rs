//! What `functools.lru_cache` keeps: results by key, and which of them were used last.
//!
//! # Source           CPython Modules/_functoolsmodule.c (3.13.5): a call is a critical section of the cache, the function
//! that makes the result inside of it. Calls of one function so exclude each other, as long as none of them waits.
//! Differences: the order of use lies in two trees of numbers and not in a list through the entries.
//!
//! # State            cache: a dict from keys to numbers of entries, or to results where there is no bound,
//! and `inner { entries: number -> key, result, when it was used; order: when -> number }`.
//!
//! # Transitions      (l) holding the lock of the owner, which code in between may give up
//!   miss  -l-> entry   an entry that was used longest ago goes, while there is no room; then the key gets its number
//!   hit   -l-> the entry was used last
//!   clear -l-> nothing
//!
//! # Invariants
//! 1. While no call gives the lock up, a key's result is made once.             library_lru_makes_once
//! 2. At no moment are there more entries than there may be.                    library_lru_stays_bounded
//! 3. A key names the number of an entry that has it, or one that is gone, which counts as none.
//!
//! # Orderings        none of its own: the lock orders everything
//!
//! # Progress         Blocking.
//!
//! # Not covered      What a key's `__eq__` does to the cache: a number that is not there any more counts as a miss.
//!
//! # Checks           The scenarios named above, faults `lr*`.

use std::collections::BTreeMap;
use std::mem;

use crate::objects::dict::{self, Dict};
use crate::objects::header::Header;
use crate::objects::hooks::Error;
use crate::objects::life::{decref, new_ref};
use crate::objects::value::Value;
use crate::protocols::critical_section;
use crate::protocols::thread_state::ThreadState;
use crate::sync::cell::Cell;
use crate::sync::{event, invariant, seeded};

/// The results of one function; a part of an object, its owner.
#[derive(Debug)]
pub struct Lru {
    cache: Value,
    /// How many entries there may be; nothing for any number.
    most: Option<usize>,
    inner: Cell<Inner>,
}

/// What only the holder of the lock uses.
#[derive(Debug, Default)]
struct Inner {
    entries: BTreeMap<u64, Entry>,
    order: BTreeMap<u64, u64>,
    /// Numbers of entries and of uses that there were.
    count: u64,
    counts: Counts,
}

#[derive(Debug)]
struct Entry {
    key: Value,
    result: Value,
    used: u64,
}

/// How many calls found their result, and how many did not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Counts {
    pub hits: u64,
    pub misses: u64,
}

// SAFETY: the cell is used under the owner's lock.
unsafe impl Sync for Lru {}
// SAFETY: as above.
unsafe impl Send for Lru {}

impl Lru {
    /// No results yet.
    #[must_use]
    pub fn new(ts: &ThreadState, most: Option<usize>) -> Self {
        Self {
            cache: dict::new(ts),
            most,
            inner: Cell::new("lru entries", Inner::default()),
        }
    }

    fn cache(&self) -> &Dict {
        self.cache.downcast::<Dict>().expect("the cache is a dict")
    }

    fn locked<R>(&self, ts: &ThreadState, owner: &Header, body: impl FnOnce(&mut Inner) -> R) -> R {
        critical_section::with(ts, &owner.lock, || {
            // SAFETY: the lock keeps other threads out, and `body` does not come back here.
            self.inner.with_mut(|inner| body(unsafe { &mut *inner }))
        })
    }

    /// The result for a key, which `make` makes where there is none; `owner` is the object that this is a part of.
    ///
    /// # Errors
    /// Those of `make`, and of the key's hash and comparisons.
    pub fn call<E: From<Error>>(
        &self,
        ts: &ThreadState,
        owner: &Header,
        key: Value,
        make: impl FnOnce() -> Result<Value, E>,
    ) -> Result<Value, E> {
        event::writes(self, None);
        let call = || match self.most {
            None => self.call_unbounded(ts, owner, key, make),
            Some(most) => self.call_bounded(ts, owner, most, key, make),
        };
        if seeded!("lr1-call-without-a-section") {
            return call();
        }
        critical_section::with(ts, &owner.lock, call)
    }

    fn call_unbounded<E: From<Error>>(
        &self,
        ts: &ThreadState,
        owner: &Header,
        key: Value,
        make: impl FnOnce() -> Result<Value, E>,
    ) -> Result<Value, E> {
        if let Some(found) = dict::get(ts, self.cache(), key)? {
            self.locked(ts, owner, |inner| inner.counts.hits += 1);
            return Ok(found);
        }
        self.locked(ts, owner, |inner| inner.counts.misses += 1);
        let result = make()?;
        let kept = (new_ref(ts, key), new_ref(ts, result));
        dict::insert(ts, self.cache(), kept.0, kept.1)?;
        Ok(result)
    }

    fn call_bounded<E: From<Error>>(
        &self,
        ts: &ThreadState,
        owner: &Header,
        most: usize,
        key: Value,
        make: impl FnOnce() -> Result<Value, E>,
    ) -> Result<Value, E> {
        if most > 0
            && let Some(number) = self.number(ts, key)?
            && let Some(found) = self.locked(ts, owner, |inner| inner.hit(ts, number))
        {
            return Ok(found);
        }
        let has_room = self.locked(ts, owner, |inner| {
            inner.counts.misses += 1;
            inner.entries.len() < most
        });
        let result = make()?;
        if most == 0 || self.number(ts, key)?.is_some() {
            return Ok(result);
        }
        let trusts = seeded!("lr2-room-looked-for-before") && has_room;
        let bound = if trusts { usize::MAX } else { most };
        let number = loop {
            let added = self.locked(ts, owner, |inner| inner.add(ts, bound, key, result));
            match added {
                Some(number) => break number,
                None => self.give_up_oldest(ts, owner)?,
            }
        };
        let entries = self.locked(ts, owner, |inner| inner.entries.len());
        invariant!(
            entries <= most,
            "lru 2",
            "{entries} entries where {most} may be"
        );
        let number = Value::small(number as i64).unwrap_or(Value::NONE);
        dict::insert(ts, self.cache(), new_ref(ts, key), number)?;
        Ok(result)
    }

    /// The number that the cache has for a key.
    fn number(&self, ts: &ThreadState, key: Value) -> Result<Option<u64>, Error> {
        let found = dict::get(ts, self.cache(), key)?;
        Ok(found
            .and_then(|found| found.as_small())
            .map(|number| number as u64))
    }

    /// Takes out the entry that was used longest ago.
    fn give_up_oldest(&self, ts: &ThreadState, owner: &Header) -> Result<(), Error> {
        let Some((number, entry)) = self.locked(ts, owner, Inner::take_oldest) else {
            return Ok(());
        };
        let number = Value::small(number as i64).unwrap_or(Value::NONE);
        let result = dict::delete_held(ts, self.cache(), entry.key, number);
        entry.drop(ts);
        result.map(drop)
    }

    /// Forgets all results and counts.
    pub fn clear(&self, ts: &ThreadState, owner: &Header) {
        event::writes(self, None);
        let entries = critical_section::with(ts, &owner.lock, || {
            let old = self.locked(ts, owner, |inner| {
                inner.counts = Counts::default();
                inner.order.clear();
                mem::take(&mut inner.entries)
            });
            dict::clear(ts, self.cache());
            old
        });
        entries.into_values().for_each(|entry| entry.drop(ts));
    }

    /// How often a call found its result and how often not, how many there may be, and how many there are.
    pub fn counts(&self, ts: &ThreadState, owner: &Header) -> (Counts, Option<usize>, usize) {
        event::reads(self, None);
        self.locked(ts, owner, |inner| {
            (inner.counts, self.most, self.cache().len())
        })
    }

    /// Shows all references, for a `traverse`: nobody else uses the object meanwhile.
    pub fn show(&self, visit: &mut dyn FnMut(Value)) {
        visit(self.cache);
        // SAFETY: the caller's clause.
        let inside = |inner: *const Inner| unsafe {
            for entry in (*inner).entries.values() {
                visit(entry.key);
                visit(entry.result);
            }
        };
        self.inner.with(inside);
    }

    /// Gives all references back, at the owner's end.
    pub fn end(&self, ts: &ThreadState) {
        // SAFETY: nobody else uses the object any more.
        let entries = self
            .inner
            .with_mut(|inner| unsafe { mem::take(&mut (*inner).entries) });
        entries.into_values().for_each(|entry| entry.drop(ts));
        // SAFETY: the owner owned the cache.
        unsafe { decref(ts, self.cache) };
    }
}

impl Inner {
    /// Another number than any before.
    fn fresh(&mut self) -> u64 {
        self.count += 1;
        self.count
    }

    /// The result of an entry, which was used last then; a new reference.
    fn hit(&mut self, ts: &ThreadState, number: u64) -> Option<Value> {
        let now = self.fresh();
        let entry = self.entries.get_mut(&number)?;
        self.order.remove(&entry.used);
        self.order.insert(now, number);
        entry.used = now;
        self.counts.hits += 1;
        Some(new_ref(ts, entry.result))
    }

    /// A new entry, if there is room; its number.
    fn add(&mut self, ts: &ThreadState, most: usize, key: Value, result: Value) -> Option<u64> {
        if self.entries.len() >= most {
            return None;
        }
        let used = self.fresh();
        let entry = Entry {
            key: new_ref(ts, key),
            result: new_ref(ts, result),
            used,
        };
        self.entries.insert(used, entry);
        self.order.insert(used, used);
        Some(used)
    }

    fn take_oldest(&mut self) -> Option<(u64, Entry)> {
        let (_, number) = self.order.pop_first()?;
        Some(number).zip(self.entries.remove(&number))
    }
}

impl Entry {
    fn drop(self, ts: &ThreadState) {
        for value in [self.key, self.result] {
            // SAFETY: the entry owned both.
            unsafe { decref(ts, value) };
        }
    }
}
