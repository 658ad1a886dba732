//! Strings: immutable UTF-8 in the object's own block, with the number of characters and a cached hash.

use std::hash::Hasher;
use std::ptr::NonNull;

use crate::objects::header::{Header, Kind, Object, Size, Tag};
use crate::objects::life::{alloc, alloc_in_class};
use crate::objects::value::Value;
use crate::protocols::thread_state::ThreadState;
use crate::sync::atomic::{AtomicU64, Ordering};

/// A string object; its bytes follow it in the block.
#[repr(C)]
#[derive(Debug)]
pub struct Str {
    header: Header,
    bytes: usize,
    chars: usize,
    /// Zero until it is known; a hash of zero is stored as one.
    hash: AtomicU64,
}

// SAFETY: `repr(C)`, header first.
unsafe impl Object for Str {
    const KIND: &'static Kind = &Kind {
        size: Size::Of(size),
        ..Kind::leaf("str", Tag::Str)
    };
}

/// A new string.
#[must_use]
pub fn new(ts: &ThreadState, text: &str) -> Value {
    let object = Str {
        header: Header::new(ts, Str::KIND),
        bytes: text.len(),
        chars: text.chars().count(),
        hash: AtomicU64::new("hash", 0),
    };
    let block = alloc(ts, object, text.len());
    // SAFETY: the block ends with room for the bytes, and nobody else knows it yet.
    unsafe {
        tail(block).copy_from_nonoverlapping(NonNull::from(text.as_bytes()).cast(), text.len());
    }
    Value::object(block.cast())
}

/// The same as an instance of a class that shares the layout.
///
/// # Safety
/// The caller borrows the class, which is one of strings.
#[must_use]
pub unsafe fn new_in(ts: &ThreadState, class: NonNull<Kind>, text: &str) -> Value {
    let make = |header| Str {
        header,
        bytes: text.len(),
        chars: text.chars().count(),
        hash: AtomicU64::new("hash", 0),
    };
    // SAFETY: the caller's clause; the bytes come directly behind the struct.
    let block = unsafe { alloc_in_class(ts, class, make, text.len()) };
    // SAFETY: as in `new`.
    unsafe {
        tail(block).copy_from_nonoverlapping(NonNull::from(text.as_bytes()).cast(), text.len());
    }
    Value::object(block.cast())
}

unsafe fn size(object: NonNull<Header>) -> usize {
    // SAFETY: the caller's clause; the kind says that this is a string.
    size_of::<Str>() + unsafe { object.cast::<Str>().as_ref() }.bytes
}

fn tail(object: NonNull<Str>) -> NonNull<u8> {
    // SAFETY: every string is allocated with its bytes behind it, so the end of the struct is inside the block.
    unsafe { object.add(1).cast() }
}

impl Str {
    /// The text.
    #[inline]
    #[must_use]
    pub fn as_str(&self) -> &str {
        // SAFETY: `new` copied exactly these bytes of a `str` there, and they never change.
        unsafe {
            let bytes = std::slice::from_raw_parts(tail(NonNull::from(self)).as_ptr(), self.bytes);
            std::str::from_utf8_unchecked(bytes)
        }
    }

    /// The number of characters.
    #[inline]
    #[must_use]
    pub fn len(&self) -> usize {
        self.chars
    }

    /// Whether there are no characters.
    #[inline]
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.bytes == 0
    }

    /// Whether every character is one byte, so that positions are offsets.
    #[inline]
    #[must_use]
    pub fn is_ascii(&self) -> bool {
        self.bytes == self.chars
    }

    /// The hash, computed at most once per thread that races for it.
    #[inline]
    pub(super) fn hash(&self, seed: u64) -> u64 {
        // ORDERING: relaxed: the value depends on nothing but the immutable bytes.
        match self.hash.load(Ordering::Relaxed) {
            0 => self.hash_slow(seed),
            hash => hash,
        }
    }

    #[cold]
    fn hash_slow(&self, seed: u64) -> u64 {
        let hash = hash_bytes(seed, self.as_str().as_bytes()).max(1);
        // ORDERING: relaxed: whoever misses it computes the same value.
        self.hash.store(hash, Ordering::Relaxed);
        hash
    }
}

/// The keyed hash of strings and bytes.
pub(super) fn hash_bytes(seed: u64, bytes: &[u8]) -> u64 {
    let mut hasher = std::hash::DefaultHasher::new();
    hasher.write_u64(seed);
    hasher.write(bytes);
    hasher.finish()
}
