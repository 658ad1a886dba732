//! Strings: immutable text in the object's own block, with the number of characters and a cached hash.
//!
//! # State            block ──▶ Str │ text │ places? │ exact?
//!   text     UTF-8; for a lone surrogate there is U+FFFD, which is as long, so that offsets agree
//!   places   in a string that is long and not ASCII: a [`Lazy`] for its table of [`places`]
//!   exact    in a string with lone surrogates: WTF-8, in which one takes three bytes and a pair of them stays two
//!
//! # Invariants
//! 1. Text and exact text are written before anybody else knows the string, and never again.
//! 2. What the string has behind its text is decided by its numbers of bytes and characters alone.

pub mod places;

use std::hash::Hasher;
use std::ptr::NonNull;

use crate::objects::header::{Header, Kind, Object, Size, Tag};
use crate::objects::lazy::Lazy;
use crate::objects::life::{alloc, alloc_in_class, decref};
use crate::objects::value::Value;
use crate::protocols::thread_state::ThreadState;
use crate::sync::atomic::{AtomicU64, Ordering};

/// Set in the number of characters of a string with lone surrogates.
const SURROGATES: usize = 1 << (usize::BITS - 1);
/// What stands for a lone surrogate in the text.
const REPLACEMENT: &[u8] = "\u{fffd}".as_bytes();

/// A string object; its text follows it in the block.
#[repr(C)]
#[derive(Debug)]
pub struct Str {
    header: Header,
    shape: Shape,
    /// Zero until it is known; a hash of zero is stored as one.
    hash: AtomicU64,
}

/// How much text there is, and with that where everything is.
#[derive(Clone, Copy, Debug)]
struct Shape {
    bytes: usize,
    /// With the mark for lone surrogates.
    chars: usize,
}

impl Shape {
    fn of(text: &str) -> Self {
        let is_ascii = text.is_ascii();
        Self {
            bytes: text.len(),
            chars: if is_ascii {
                text.len()
            } else {
                text.chars().count()
            },
        }
    }

    #[inline]
    fn is_ascii(self) -> bool {
        self.bytes == self.chars
    }

    #[inline]
    fn has_surrogates(self) -> bool {
        self.chars & SURROGATES != 0
    }

    #[inline]
    fn has_places(self) -> bool {
        self.chars & !SURROGATES > places::STRIDE && !self.is_ascii()
    }

    /// Where the word for the table of places is in the block, if there is one.
    fn places(self) -> usize {
        (size_of::<Str>() + self.bytes).next_multiple_of(align_of::<Lazy>())
    }

    /// Where the exact text is in the block, if it is not the text.
    fn exact(self) -> usize {
        match self.has_places() {
            true => self.places() + size_of::<Lazy>(),
            false => size_of::<Str>() + self.bytes,
        }
    }

    /// The size of the whole.
    #[inline]
    fn size(self) -> usize {
        match (self.is_ascii(), self.has_surrogates()) {
            (true, _) => size_of::<Str>() + self.bytes,
            (_, false) => self.exact(),
            (_, true) => self.exact() + self.bytes,
        }
    }
}

const _: () = assert!(
    align_of::<Str>().is_multiple_of(align_of::<Lazy>()),
    "a place in the block that is aligned for its start is aligned"
);

// SAFETY: `repr(C)`, header first.
unsafe impl Object for Str {
    const KIND: &'static Kind = &Kind {
        release: Some(release),
        bare: Some(bare),
        size: Size::Of(size),
        ..Kind::leaf("str", Tag::Str)
    };
}

/// A new string.
#[must_use]
pub fn new(ts: &ThreadState, text: &str) -> Value {
    make(ts, Shape::of(text), &[text], None)
}

/// A new string of several texts, of which the caller knows how many characters they have together.
#[must_use]
pub fn joined(ts: &ThreadState, parts: &[&str], chars: usize) -> Value {
    let bytes = parts.iter().map(|part| part.len()).sum();
    debug_assert_eq!(
        chars,
        parts.iter().map(|part| part.chars().count()).sum::<usize>()
    );
    make(ts, Shape { bytes, chars }, parts, None)
}

/// A new string from WTF-8; what is neither that nor UTF-8 becomes U+FFFD.
#[must_use]
pub fn from_wtf8(ts: &ThreadState, exact: &[u8]) -> Value {
    if let Ok(text) = std::str::from_utf8(exact) {
        return new(ts, text);
    }
    let Some(text) = without_surrogates(exact) else {
        return new(ts, &String::from_utf8_lossy(exact));
    };
    let mut shape = Shape::of(&text);
    shape.chars |= SURROGATES;
    make(ts, shape, &[&text], Some(exact))
}

/// UTF-8 of the same length as some WTF-8.
fn without_surrogates(exact: &[u8]) -> Option<String> {
    let mut bytes = exact.to_vec();
    let mut at = 0;
    while let Some(three) = bytes.get_mut(at..at + REPLACEMENT.len()) {
        let found = matches!(three, [0xed, 0xa0..=0xbf, 0x80..=0xbf]);
        if found {
            three.copy_from_slice(REPLACEMENT);
        }
        at += if found { REPLACEMENT.len() } else { 1 };
    }
    String::from_utf8(bytes).ok()
}

fn make(ts: &ThreadState, shape: Shape, parts: &[&str], exact: Option<&[u8]>) -> Value {
    let object = Str::empty(Header::new(ts, Str::KIND), shape);
    let block = alloc(ts, object, shape.size() - size_of::<Str>());
    // SAFETY: the block was made for the shape, and nobody else knows it yet.
    unsafe { fill(block, shape, parts, exact) };
    Value::object(block.cast())
}

/// The same text as an instance of a class that shares the layout.
///
/// # Safety
/// The caller borrows the class, which is one of strings.
#[must_use]
pub unsafe fn copy_in(ts: &ThreadState, class: NonNull<Kind>, source: &Str) -> Value {
    let exact = source.has_surrogates().then(|| source.as_bytes());
    // SAFETY: the caller's clause.
    unsafe { make_in(ts, class, source.shape, source.as_str(), exact) }
}

/// As [`new`], an instance of a class that shares the layout.
///
/// # Safety
/// The caller borrows the class, which is one of strings.
#[must_use]
pub unsafe fn new_in(ts: &ThreadState, class: NonNull<Kind>, text: &str) -> Value {
    // SAFETY: the caller's clause.
    unsafe { make_in(ts, class, Shape::of(text), text, None) }
}

/// # Safety
/// As for [`new_in`].
unsafe fn make_in(
    ts: &ThreadState,
    class: NonNull<Kind>,
    shape: Shape,
    text: &str,
    exact: Option<&[u8]>,
) -> Value {
    let make = |header| Str::empty(header, shape);
    // SAFETY: the caller's clause; everything else of the layout comes directly behind the struct.
    let block = unsafe { alloc_in_class(ts, class, make, shape.size() - size_of::<Str>()) };
    // SAFETY: as in `make`.
    unsafe { fill(block, shape, &[text], exact) };
    Value::object(block.cast())
}

/// Writes what lies behind the struct.
///
/// # Safety
/// The block is new and of this shape; `parts` make up the text, and there is an exact one if the shape says so.
unsafe fn fill(block: NonNull<Str>, shape: Shape, parts: &[&str], exact: Option<&[u8]>) {
    let mut end = text(block);
    for part in parts {
        // SAFETY: the caller's clause.
        unsafe {
            end.copy_from_nonoverlapping(NonNull::from(part.as_bytes()).cast(), part.len());
            end = end.add(part.len());
        }
    }
    let start = block.cast::<u8>();
    if shape.has_places() {
        // SAFETY: the caller's clause.
        unsafe {
            let word = start.add(shape.places()).cast();
            word.write(Lazy::new("places"));
        }
    }
    if let Some(exact) = exact {
        // SAFETY: the caller's clause.
        unsafe {
            let to = start.add(shape.exact());
            to.copy_from_nonoverlapping(NonNull::from(exact).cast(), exact.len());
        }
    }
}

fn text(object: NonNull<Str>) -> NonNull<u8> {
    // SAFETY: every string is allocated with its text behind it, so the end of the struct is inside the block.
    unsafe { object.add(1).cast() }
}

unsafe fn size(object: NonNull<Header>) -> usize {
    // SAFETY: the caller's clause; the kind says that this is a string.
    unsafe { object.cast::<Str>().as_ref() }.shape.size()
}

unsafe fn bare(object: NonNull<Header>) -> bool {
    // SAFETY: as above.
    !unsafe { object.cast::<Str>().as_ref() }.shape.has_places()
}

unsafe fn release(ts: &ThreadState, object: NonNull<Header>) {
    // SAFETY: as above; the string is dead, so this thread is alone with it and with its reference.
    unsafe {
        if let Some(places) = object.cast::<Str>().as_ref().places() {
            places.show(&mut |table| decref(ts, table));
        }
    }
}

impl Str {
    fn empty(header: Header, shape: Shape) -> Self {
        Self {
            header,
            shape,
            hash: AtomicU64::new("hash", 0),
        }
    }

    /// The text, with U+FFFD for every lone surrogate.
    #[inline]
    #[must_use]
    pub fn as_str(&self) -> &str {
        // SAFETY: `fill` copied exactly so many bytes of `str`s there, and by Invariant 1 they never change.
        unsafe {
            let text = text(NonNull::from(self)).as_ptr();
            std::str::from_utf8_unchecked(std::slice::from_raw_parts(text, self.shape.bytes))
        }
    }

    /// The text in WTF-8: that of [`Self::as_str`] with the lone surrogates as they are.
    #[inline]
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        match self.has_surrogates() {
            false => self.as_str().as_bytes(),
            true => self.exact(),
        }
    }

    #[cold]
    fn exact(&self) -> &[u8] {
        // SAFETY: by Invariant 2 `fill` copied the exact text there, and by Invariant 1 it never changes.
        unsafe {
            let start = NonNull::from(self).cast::<u8>().add(self.shape.exact());
            std::slice::from_raw_parts(start.as_ptr(), self.shape.bytes)
        }
    }

    /// The number of characters.
    #[inline]
    #[must_use]
    pub fn len(&self) -> usize {
        self.shape.chars & !SURROGATES
    }

    /// Whether there are no characters.
    #[inline]
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.shape.bytes == 0
    }

    /// Whether every character is one byte, so that positions are offsets.
    #[inline]
    #[must_use]
    pub fn is_ascii(&self) -> bool {
        self.shape.is_ascii()
    }

    /// Whether there are lone surrogates.
    #[inline]
    #[must_use]
    pub fn has_surrogates(&self) -> bool {
        self.shape.has_surrogates()
    }

    /// The word for the table of places.
    fn places(&self) -> Option<&Lazy> {
        self.shape.has_places().then(|| {
            // SAFETY: by Invariant 2 `fill` made the word there.
            unsafe {
                let start = NonNull::from(self).cast::<u8>();
                start.add(self.shape.places()).cast().as_ref()
            }
        })
    }

    /// The offset in the text at which a character begins; the end if there are not so many.
    #[inline]
    #[must_use]
    pub fn offset(&self, ts: &ThreadState, index: usize) -> usize {
        match self.is_ascii() {
            true => index.min(self.shape.bytes),
            false => places::offset(ts, self, index),
        }
    }

    /// The number of characters before an offset.
    #[inline]
    #[must_use]
    pub fn index(&self, ts: &ThreadState, offset: usize) -> usize {
        match self.is_ascii() {
            true => offset,
            false => places::index(ts, self, offset),
        }
    }

    /// The hash, computed at most once per thread that races for it.
    #[inline]
    pub(crate) fn hash(&self, seed: u64) -> u64 {
        // ORDERING: relaxed: the value depends on nothing but the immutable text.
        match self.hash.load(Ordering::Relaxed) {
            0 => self.hash_slow(seed),
            hash => hash,
        }
    }

    #[cold]
    fn hash_slow(&self, seed: u64) -> u64 {
        let hash = hash_bytes(seed, self.as_bytes()).max(1);
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

#[cfg(test)]
mod tests;
