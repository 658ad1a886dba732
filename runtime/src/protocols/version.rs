//! Class versions and the cache of attribute lookups: what is found under a version is what the class had under it.
//!
//! # Source           CPython Objects/typeobject.c `_PyType_LookupRef`, `update_cache`, `assign_version_tag`,
//! `type_modified_unlocked`; Python/lock.c `_PySeqLock_*` (3.13.5).
//! Differences: no lock is held around a modification. Instead no version is given out while any class is being
//! modified, and a class counts its invalidations, so that a version which was given out before one cannot arrive after.
//!
//! # State
//!
//! ```text
//!   versions:   63 .. 32 modifications in progress | 31 .. 0 next version; all ones: there are no more
//!   class:      63 .. 32 number of invalidations   | 31 .. 0 version; 0: none, lookups are not cached
//!   entry:      sequence: even at rest, odd while a thread fills it     name, version, value
//! ```
//!
//! # Transitions
//!
//! ```text
//!   (x) any attached thread
//!   class none -x: assign-> versioned        only if no modification is in progress and no invalidation came between
//!   class any -x: invalidate-> none          one more invalidation; for the class and all that inherit from it
//!   entry even -x: fill-> odd -> even        a thread that finds it odd does not fill it
//!   modify: one more in progress, invalidate, change, one less in progress
//! ```
//!
//! # Invariants
//! 1. A version stands for what one class had from when it was assigned until it was invalidated, and is never used again.
//! 2. A value is found before its version can be stale: the version is read before the lookup.   version_fill_vs_modify
//! 3. A reader takes name, version and value of one fill.                                        version_read_vs_fill
//! 4. A value is counted only if it is not dead, since the cache has no reference.               version_hit_vs_modify
//!    What a reader counts was initialised, though it may be of a later fill.                    version_hit_vs_later_fill
//! 5. A thread that saw the changed class does not find the old value in the cache.              version_hit_vs_modify
//!
//! # Orderings
//! | site                 | operation      | order   | pairs with            | carries                       | if weakened  |
//! |----------------------|----------------|---------|-----------------------|-------------------------------|--------------|
//! | `version.read_begin` | load sequence  | Acquire | `version.fill_done`   | the fill                      | mixed entry  |
//! | `version.read_fence` | fence          | Acquire | `version.fill_fence`  | a later fill has begun        | mixed entry  |
//! | `version.fill_begin` | CAS sequence   | Acquire | `version.fill_done`   | the earlier fill is over      | mixed entry  |
//! | `version.fill_fence` | fence          | Release | `version.read_fence`, `version.read_value` | this fill has begun; the object | mixed entry  |
//! | `version.fill_done`  | store sequence | Release | `version.read_begin`, `version.fill_begin` | the fill | mixed entry |
//! | `version.read_value` | load value     | Acquire | `version.fill_fence`  | the object of a later fill    | not initialised |
//! | `version.assign`     | CAS versions   | Acquire | `version.modified`    | the changed class             | stale value  |
//! | `version.modified`   | sub versions   | Release | `version.assign`      | the changed class             | stale value  |
//!
//! # Field access     The words of an entry change only while its sequence is odd.
//!
//! # Progress         Lock-free; a lookup that meets a fill or a modification goes without the cache.
//!
//! # Not covered      2^32 invalidations of one class within one assignment. Which classes inherit from which.
//!
//! # Checks           The scenarios named above, version_two_fills, version_assign_vs_modify.

use std::num::NonZeroU32;
use std::ptr;

use crate::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use crate::sync::atomic::{AtomicPtr, AtomicU32, AtomicU64, fence};
use crate::sync::{seeded, site};

/// One modification in progress, in the word of [`Versions`].
const MODIFICATION: u64 = 1 << 32;
/// The last version; it is not given out.
const NO_MORE: u32 = u32::MAX;

/// A version that some class had or has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Version(NonZeroU32);

/// The versions of one interpreter.
#[derive(Debug)]
pub struct Versions(AtomicU64);

/// The version of one class.
#[derive(Debug)]
pub struct ClassVersion(AtomicU64);

impl Default for Versions {
    fn default() -> Self {
        Self::new()
    }
}

impl Versions {
    /// No version was given out.
    #[must_use]
    pub fn new() -> Self {
        Self::starting_at(1)
    }

    /// As [`Self::new`], with this as the next version: for tests of the end.
    #[must_use]
    pub fn starting_at(next: u32) -> Self {
        Self(AtomicU64::new("versions", u64::from(next)))
    }

    /// Changes a class: `invalidate` invalidates it and all that inherit from it, `change` does the rest.
    pub fn modify<R>(&self, invalidate: impl FnOnce(), change: impl FnOnce() -> R) -> R {
        // ORDERING: Relaxed; every assignment that comes later in the word's order sees that it must wait.
        self.0.fetch_add(MODIFICATION, Relaxed);
        let result = if seeded!("tc3-change-before-invalidation") {
            let result = change();
            invalidate();
            result
        } else {
            invalidate();
            change()
        };
        // ORDERING: Release, with `version.assign`: who assigns a version looks the changed class up.
        self.0
            .fetch_sub(MODIFICATION, site("version.modified", Release));
        result
    }

    /// A new version, unless a class is being modified or there are no more.
    fn next(&self) -> Option<Version> {
        // ORDERING: Relaxed, as a guess that the compare-exchange verifies.
        let mut word = self.0.load(Relaxed);
        loop {
            let (modifications, next) = (word / MODIFICATION, word as u32);
            let busy = modifications > 0 && !seeded!("tc-version-assigned-while-modified");
            if busy || next == NO_MORE {
                return None;
            }
            // ORDERING: Acquire, with `version.modified`: the class as it was changed; a failure carries nothing.
            let order = site("version.assign", Acquire);
            match self.0.compare_exchange(word, word + 1, order, Relaxed) {
                Ok(_) => return NonZeroU32::new(next).map(Version),
                Err(found) => word = found,
            }
        }
    }
}

impl Default for ClassVersion {
    fn default() -> Self {
        Self::new()
    }
}

impl ClassVersion {
    /// A class without a version.
    #[must_use]
    pub fn new() -> Self {
        Self(AtomicU64::new("class version", 0))
    }

    /// The version, if the class has one.
    #[inline]
    #[must_use]
    pub fn get(&self) -> Option<Version> {
        // ORDERING: Relaxed; an old version was that of the class when this call began or later.
        NonZeroU32::new(self.0.load(Relaxed) as u32).map(Version)
    }

    /// The version; a new one if the class has none. `None` while a class is being modified, and when there are no more.
    pub fn get_or_assign(&self, versions: &Versions) -> Option<Version> {
        self.get().or_else(|| self.assign(versions))
    }

    #[cold]
    fn assign(&self, versions: &Versions) -> Option<Version> {
        // ORDERING: Relaxed; the compare-exchange below fails if an invalidation came after this.
        let word = self.0.load(Relaxed);
        if word as u32 != 0 {
            return self.get();
        }
        let version = versions.next()?;
        let versioned = word | u64::from(version.0.get());
        // ORDERING: Relaxed; the version says nothing of memory, and who has it looks the class up by itself.
        let assigned = self.0.compare_exchange(word, versioned, Relaxed, Relaxed);
        assigned.ok().map(|_| version)
    }

    /// Takes the version away; within [`Versions::modify`].
    pub fn invalidate(&self) {
        // ORDERING: Relaxed, as a guess that the compare-exchange verifies.
        let mut word = self.0.load(Relaxed);
        loop {
            let none = (word | u64::from(u32::MAX)).wrapping_add(1);
            // ORDERING: Relaxed; the change that follows is published by what it changes, and with it this.
            match self.0.compare_exchange(word, none, Relaxed, Relaxed) {
                Ok(_) => return,
                Err(found) => word = found,
            }
        }
    }
}

/// What a look into the cache came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub enum Cached {
    /// The value, or null when the class has none, with the reference that was taken.
    Hit(*mut ()),
    /// Nothing.
    Miss,
    /// A reference was taken to what another fill has replaced meanwhile; the caller gives it back.
    Spoiled(*mut ()),
}

/// One lookup that was done before.
#[derive(Debug)]
struct Entry {
    sequence: AtomicU32,
    version: AtomicU32,
    name: AtomicPtr<()>,
    value: AtomicPtr<()>,
}

/// The lookups of one interpreter; it owns nothing that it names.
#[derive(Debug)]
pub struct Cache(Box<[Entry]>);

impl Cache {
    /// An empty cache of so many entries, a power of two.
    #[must_use]
    pub fn new(entries: usize) -> Self {
        debug_assert!(entries.is_power_of_two());
        Self((0..entries).map(|_| Entry::new()).collect())
    }

    fn entry(&self, name: u64, version: Version) -> &Entry {
        let place = (name >> 4) ^ u64::from(version.0.get());
        &self.0[place as usize & (self.0.len() - 1)]
    }

    /// What the class with this version has under the name, whose number is `identity`. `take` gets a reference to a
    /// value that may be dead, and says whether it got one.
    #[inline]
    pub fn read(
        &self,
        version: Version,
        name: *mut (),
        identity: u64,
        take: impl FnOnce(*mut ()) -> bool,
    ) -> Cached {
        self.entry(identity, version).read(version, name, take)
    }

    /// Remembers what the class had under the name after it was given the version.
    pub fn fill(&self, version: Version, name: *mut (), identity: u64, value: *mut ()) {
        self.entry(identity, version).fill(version, name, value);
    }
}

impl Entry {
    fn new() -> Self {
        Self {
            sequence: AtomicU32::new("sequence", 0),
            version: AtomicU32::new("cached version", 0),
            name: AtomicPtr::new("cached name", ptr::null_mut()),
            value: AtomicPtr::new("cached value", ptr::null_mut()),
        }
    }

    #[inline]
    fn read(&self, version: Version, name: *mut (), take: impl FnOnce(*mut ()) -> bool) -> Cached {
        // ORDERING: Acquire, with `version.fill_done`: the words of the fill that ended with this number.
        let sequence = self.sequence.load(site("version.read_begin", Acquire));
        // ORDERING: Relaxed; the fence below and the sequence tell whether the words are of one fill.
        let same = self.version.load(Relaxed) == version.0.get() && self.name.load(Relaxed) == name;
        if sequence % 2 == 1 || !same {
            return Cached::Miss;
        }
        // ORDERING: Acquire, with `version.fill_fence`: the object, which may be that of a later fill and newer than anything
        // that this thread has seen, is looked at before the sequence tells.
        let value = self.value.load(site("version.read_value", Acquire));
        if !value.is_null() && !take(value) {
            return Cached::Miss;
        }
        if !seeded!("tc1-read-without-fence") {
            // ORDERING: Acquire, with `version.fill_fence`: if a word is of a later fill, so is the sequence.
            fence(site("version.read_fence", Acquire));
        }
        // ORDERING: Relaxed; after the fence.
        if self.sequence.load(Relaxed) == sequence {
            Cached::Hit(value)
        } else {
            Cached::Spoiled(value)
        }
    }

    fn fill(&self, version: Version, name: *mut (), value: *mut ()) {
        // ORDERING: Relaxed, as a guess that the compare-exchange verifies.
        let sequence = self.sequence.load(Relaxed);
        // ORDERING: Acquire, with `version.fill_done`: the words of the earlier fill come before these.
        let order = site("version.fill_begin", Acquire);
        let next = sequence.wrapping_add(1);
        let mine = sequence.is_multiple_of(2)
            && self
                .sequence
                .compare_exchange(sequence, next, order, Relaxed)
                .is_ok();
        if mine {
            self.write(version, name, value);
            // ORDERING: Release, with `version.read_begin` and `version.fill_begin`: the words.
            let order = site("version.fill_done", Release);
            self.sequence.store(next.wrapping_add(1), order);
        }
    }

    fn write(&self, version: Version, name: *mut (), value: *mut ()) {
        if !seeded!("tc1-fill-without-fence") {
            // ORDERING: Release, with `version.read_fence`: who sees a word sees that the sequence is odd; and with
            // `version.read_value`: who sees the value finds its object initialised.
            fence(site("version.fill_fence", Release));
        }
        // ORDERING: Relaxed; the fence and `version.fill_done` order them, and the fence the object before it.
        self.value.store(value, Relaxed);
        // ORDERING: as above.
        self.name.store(name, Relaxed);
        // ORDERING: as above.
        self.version.store(version.0.get(), Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_assigned_once_and_never_again_after_an_invalidation() {
        let (versions, class) = (Versions::new(), ClassVersion::new());
        let first = class.get_or_assign(&versions);
        assert!(first.is_some() && first == class.get_or_assign(&versions));
        versions.modify(
            || class.invalidate(),
            || assert_eq!(class.get_or_assign(&versions), None),
        );
        assert_eq!(class.get(), None);
        let second = class.get_or_assign(&versions);
        assert!(second.is_some() && second != first);
    }

    #[test]
    fn when_there_are_no_more_versions_classes_go_without() {
        let versions = Versions::starting_at(NO_MORE - 1);
        let (one, two) = (ClassVersion::new(), ClassVersion::new());
        assert!(one.get_or_assign(&versions).is_some());
        assert_eq!(two.get_or_assign(&versions), None);
        versions.modify(|| one.invalidate(), || ());
        assert_eq!(one.get_or_assign(&versions), None);
    }

    #[test]
    fn an_entry_is_found_by_its_version_and_name() {
        let (versions, class) = (Versions::new(), ClassVersion::new());
        let cache = Cache::new(1);
        let version = class.get_or_assign(&versions).expect("the first");
        let (name, value) = (
            ptr::without_provenance_mut(8),
            ptr::without_provenance_mut(16),
        );
        cache.fill(version, name, 8, value);
        assert_eq!(cache.read(version, name, 8, |_| true), Cached::Hit(value));
        assert_eq!(cache.read(version, name, 8, |_| false), Cached::Miss);
        assert_eq!(cache.read(version, value, 16, |_| true), Cached::Miss);
        versions.modify(|| class.invalidate(), || ());
        let next = class.get_or_assign(&versions).expect("the second");
        assert_eq!(cache.read(next, name, 8, |_| true), Cached::Miss);
        cache.fill(next, name, 8, ptr::null_mut());
        let absent = Cached::Hit(ptr::null_mut());
        assert_eq!(cache.read(next, name, 8, |_| false), absent);
    }
}
