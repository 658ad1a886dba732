//! The cache of attribute lookups of one interpreter: [`protocols::version`](crate::protocols::version) over values.
//!
//! The cache holds no reference to a value. A value that enters it is marked so that its block waits for readers, and
//! a reader takes a reference only if it is alive.

use std::ptr::NonNull;

use crate::objects::header::Header;
use crate::objects::hooks::Error;
use crate::objects::life::{decref, incref, try_incref};
use crate::objects::value::Value;
use crate::protocols::thread_state::ThreadState;
use crate::protocols::version::{Cache, Cached, ClassVersion, Version, Versions};
use crate::sync::{self, event, seeded};

/// What a class has under a name; an error is what looking it up raised.
type Found = Result<Option<Value>, Error>;

/// The cache.
#[derive(Debug)]
pub struct TypeCache {
    /// The versions of the interpreter's classes.
    pub versions: Versions,
    cache: Cache,
}

impl TypeCache {
    /// An empty cache of so many entries, a power of two.
    #[must_use]
    pub fn new(entries: usize) -> Self {
        Self {
            versions: Versions::new(),
            cache: Cache::new(entries),
        }
    }

    /// What a class has under `name`, a new reference: from the cache, or else from `find`, which gives a new reference.
    ///
    /// Only names that never die are cached, since another name could get the block of a dead one.
    ///
    /// # Errors
    /// What `find` raised.
    #[inline]
    pub fn lookup(
        &self,
        ts: &ThreadState,
        class: &ClassVersion,
        name: Value,
        find: impl FnOnce() -> Found,
    ) -> Found {
        event::operation("type cache", || {
            if let Some(hit) = class.get().and_then(|version| self.hit(ts, version, name)) {
                return Ok(hit);
            }
            self.find(class, name, find)
        })
    }

    #[cold]
    fn find(&self, class: &ClassVersion, name: Value, find: impl FnOnce() -> Found) -> Found {
        let stays = name.as_header().is_none_or(|name| name.count.is_immortal());
        if stays {
            self.fill(class, name, find)
        } else {
            find()
        }
    }

    #[inline]
    fn hit(&self, ts: &ThreadState, version: Version, name: Value) -> Option<Option<Value>> {
        let (word, identity) = key(name);
        let take = |word| count(ts, value(word));
        match self.cache.read(version, word, identity, take) {
            Cached::Hit(word) => Some((!word.is_null()).then(|| value(word))),
            Cached::Miss => None,
            Cached::Spoiled(word) => {
                if !word.is_null() {
                    // SAFETY: the reference was taken by the read.
                    unsafe { decref(ts, value(word)) };
                }
                None
            }
        }
    }

    /// Looks up and remembers. The version comes first: a class that changes during the lookup has another one then.
    fn fill(&self, class: &ClassVersion, name: Value, find: impl FnOnce() -> Found) -> Found {
        let late = seeded!("tc2-version-after-lookup");
        let early = (!late).then(|| class.get_or_assign(&self.versions));
        let found = find()?;
        let version = early.unwrap_or_else(|| class.get_or_assign(&self.versions));
        if let Some(version) = version {
            self.remember(version, name, found);
        }
        Ok(found)
    }

    fn remember(&self, version: Version, name: Value, found: Option<Value>) {
        if let Some(header) = found.as_ref().and_then(Value::as_header) {
            header.count.set_maybe_weakref();
            header.defer();
        }
        let (word, identity) = key(name);
        let value = found.map_or(std::ptr::null_mut(), word_of);
        self.cache.fill(version, word, identity, value);
    }
}

/// Takes a reference to a value that was found in the cache, unless it is dead.
fn count(ts: &ThreadState, value: Value) -> bool {
    if seeded!("tc3-value-borrowed") {
        incref(ts, value);
        return true;
    }
    try_incref(ts, value)
}

/// The word of a value, whatever it is.
fn word_of(value: Value) -> *mut () {
    value.word_pointer().as_ptr().cast()
}

fn value(word: *mut ()) -> Value {
    let word: NonNull<Header> = NonNull::new(word.cast()).expect("a value is not null");
    Value::object(word)
}

/// A name's word, and the number that chooses the entry.
fn key(name: Value) -> (*mut (), u64) {
    let identity = name
        .header()
        .map_or(0, |name| sync::identity(name.as_ptr()));
    (word_of(name), identity)
}
