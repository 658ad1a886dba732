//! A field of an object that is made when it is first wanted, once, whoever wants it first.
//!
//! # State            slot: nothing -> the value          with the owner of the slot, also the value -> another one
//!
//! # Invariants
//! 1. The first value that is stored stays until it is replaced on purpose; who loses the race takes the winner's.
//! 2. A value that is taken out keeps its block until quiescence, so readers need no lock and no mark.
//! 3. What is taken out is taken out, and given back, by one thread.      instance_slot_deleted_once
//!
//! # Orderings
//! | site         | operation  | order   | pairs with   | carries                    | if weakened     |
//! | lazy.publish | store slot | Release | lazy.load    | the value's header, fields | use before init |
//! | lazy.load    | load slot  | Acquire | lazy.publish | the same                   | use before init |
//!
//! # Checks           Scenarios `instance_*`, faults `di4-*`, `di9-*`, `la1-*`, `sl*`.

use crate::objects::header::Header;
use crate::objects::life::{decref, new_ref};
use crate::objects::shared::{Read, read_slot, read_slot_locked};
use crate::objects::value::{Slot, Value};
use crate::protocols::critical_section;
use crate::protocols::thread_state::ThreadState;
use crate::sync::atomic::Ordering;
use crate::sync::{seeded, site};

/// The word of a lazy field.
#[derive(Debug)]
#[repr(transparent)]
pub struct Lazy(Slot);

impl Lazy {
    /// A field that nobody wanted yet.
    #[must_use]
    pub fn new(name: &'static str) -> Self {
        Self(Slot::new(name, None))
    }

    /// The value, a new reference, unless nobody wanted it yet; `owner` is the object whose field this is.
    #[must_use]
    pub fn get(&self, ts: &ThreadState, owner: &Header) -> Option<Value> {
        if seeded!("la1-counted-without-asking") {
            return self.peek().map(|value| new_ref(ts, value));
        }
        // ORDERING: pairs with `lazy.publish`: the value's header and fields are initialised.
        match read_slot(ts, &self.0, site("lazy.load", Ordering::Acquire)) {
            Read::Found(value) => Some(value),
            Read::Absent => None,
            Read::Changed | Read::Unclear => {
                critical_section::with(ts, &owner.lock, || read_slot_locked(ts, &self.0))
            }
        }
    }

    /// The value without a reference to it, for a look until the next quiescent state: it may be dead by then, but has its
    /// block.
    #[inline]
    pub(super) fn peek(&self) -> Option<Value> {
        // ORDERING: pairs with `lazy.publish`, as in `get`.
        self.0.load(site("lazy.load", Ordering::Acquire))
    }

    /// The value, a new reference; made by `make`, which gives a new reference, when nobody wanted it yet. `make` may
    /// run in several threads, and one result is kept.
    ///
    /// # Errors
    /// What `make` failed with; the field stays as it was.
    pub fn get_or_make<E>(
        &self,
        ts: &ThreadState,
        owner: &Header,
        make: impl FnOnce() -> Result<Value, E>,
    ) -> Result<Value, E> {
        if let Some(value) = self.get(ts, owner) {
            return Ok(value);
        }
        let made = make()?;
        let kept = critical_section::brief(ts, &owner.lock, || self.keep(ts, made));
        if kept != made {
            // SAFETY: the field did not take the reference.
            unsafe { decref(ts, made) };
        }
        Ok(kept)
    }

    /// Stores the value unless there is one by now; gives a new reference to what is there. The caller holds the lock.
    fn keep(&self, ts: &ThreadState, made: Value) -> Value {
        let unseen = seeded!("di4-created-without-recheck");
        match read_slot_locked(ts, &self.0) {
            Some(value) if !unseen => value,
            found => {
                let value = new_ref(ts, made);
                self.publish(Some(made));
                // SAFETY: the reference was taken to look at it.
                found.inspect(|&found| unsafe { decref(ts, found) });
                value
            }
        }
    }

    fn publish(&self, value: Option<Value>) {
        // ORDERING: pairs with `lazy.load`.
        self.0.store(value, site("lazy.publish", Ordering::Release));
    }

    /// Whether the field still has this value; the caller holds the lock of the owner.
    pub(super) fn holds(&self, value: Value) -> bool {
        // ORDERING: relaxed: it changes under the lock.
        self.0.load(Ordering::Relaxed) == Some(value)
    }

    /// Puts a value in the place of another, or of none, if that is there; says whether it was. The caller holds the lock,
    /// and gives back the reference to the old value, which keeps its block until quiescence.
    pub(super) fn exchange(&self, old: Option<Value>, value: Option<Value>) -> bool {
        // ORDERING: relaxed: it changes under the lock.
        let found = self.0.load(Ordering::Relaxed) == old;
        if found {
            if let Some(header) = old.as_ref().and_then(Value::as_header) {
                header.defer();
            }
            self.publish(value);
        }
        found
    }

    /// Puts another value in, or none, whose reference it takes over; says whether there was one.
    pub fn replace(&self, ts: &ThreadState, owner: &Header, value: Option<Value>) -> bool {
        let twice = seeded!("sl2-given-back-twice");
        let early = twice || seeded!("sl1-looked-before-the-lock");
        let before = early.then(|| self.peek()).flatten();
        let old = critical_section::with(ts, &owner.lock, || {
            // ORDERING: relaxed: it changes under the lock.
            let old = self.0.load(Ordering::Relaxed);
            self.publish(value);
            old
        });
        if let Some(old) = if twice { before } else { old } {
            if let Some(header) = old.as_header() {
                header.defer();
            }
            // SAFETY: the field owned the reference.
            unsafe { decref(ts, old) };
        }
        old.or(before.filter(|_| !twice)).is_some()
    }

    /// Shows the value, for a `traverse`.
    pub fn show(&self, visit: &mut dyn FnMut(Value)) {
        // ORDERING: relaxed: nobody else uses the field meanwhile.
        self.0.load(Ordering::Relaxed).into_iter().for_each(visit);
    }
}
