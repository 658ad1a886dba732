//! Where the characters of a long string that is not ASCII begin: a table that is made when somebody first asks.
//!
//! # State            word of the string: nothing -> the table, a [`Lazy`] field
//!   entry k of the table: the offset of character (k + 1) * STRIDE
//!
//! # Invariants
//! 1. Entries are written before the table is published, and never again.           text_places_vs_places
//! 2. Whoever loses the race to publish one uses the winner's and ends its own.      text_places_vs_places
//!
//! # Orderings        those of `lazy`
//!
//! # Checks           Scenario `text_places_vs_places`, fault `tp1-places-filled-late`.

use std::convert::Infallible;
use std::ptr::NonNull;

use crate::objects::header::{Header, Kind, Object, Tag};
use crate::objects::lazy::Lazy;
use crate::objects::life::{alloc, decref};
use crate::objects::str::Str;
use crate::objects::value::Value;
use crate::protocols::thread_state::ThreadState;
use crate::sync::cell::Cell;
use crate::sync::{event, seeded};

/// How many characters lie between those whose places are known.
pub const STRIDE: usize = 128;

/// The table; its entries follow it in the block.
#[repr(C)]
#[derive(Debug)]
struct Places {
    header: Header,
    count: usize,
}

// SAFETY: `repr(C)`, header first.
unsafe impl Object for Places {
    const KIND: &'static Kind = &Kind::leaf("places", Tag::Places);
}

const _: () = assert!(
    size_of::<Places>().is_multiple_of(align_of::<Cell<usize>>()),
    "entries follow the head"
);

/// The offset at which a character begins; the end if there are not so many.
pub(super) fn offset(ts: &ThreadState, string: &Str, index: usize) -> usize {
    let bytes = string.as_str().as_bytes();
    if index >= string.len() {
        return bytes.len();
    }
    let before = match string.places() {
        Some(word) if index >= STRIDE => {
            with_table(ts, string, word, |table| table.entry(index / STRIDE - 1))
        }
        _ => return skip(bytes, 0, index),
    };
    skip(bytes, before, index % STRIDE)
}

/// The number of characters before an offset.
pub(super) fn index(ts: &ThreadState, string: &Str, offset: usize) -> usize {
    let bytes = string.as_str().as_bytes();
    let known = match string.places() {
        Some(word) if offset >= STRIDE => {
            with_table(ts, string, word, |table| table.last_before(offset))
        }
        _ => None,
    };
    let (chars, from) = known.unwrap_or((0, 0));
    chars + count(&bytes[from..offset])
}

/// Lends the table of a string, which is made when there is none.
fn with_table<R>(
    ts: &ThreadState,
    string: &Str,
    word: &Lazy,
    use_it: impl FnOnce(&Places) -> R,
) -> R {
    event::operation("str.places", || {
        let bytes = string.as_str().as_bytes();
        let late = seeded!("tp1-places-filled-late");
        let made: Result<Value, Infallible> = word.get_or_make(ts, &string.header, || {
            let table = Places::new(ts, string.len() / STRIDE);
            if !late {
                table.fill(bytes);
            }
            Ok(Value::object(NonNull::from(table).cast()))
        });
        let Ok(value) = made;
        let result = value.downcast::<Places>().map(|table| {
            if late {
                table.fill(bytes);
            }
            use_it(table)
        });
        // SAFETY: the reference is new.
        unsafe { decref(ts, value) };
        result.expect("the word holds a table")
    })
}

impl Places {
    /// A new table, which the caller fills before anybody else knows it.
    fn new(ts: &ThreadState, count: usize) -> &Self {
        let header = Header::new(ts, Self::KIND);
        let block = alloc(ts, Self { header, count }, count * size_of::<Cell<usize>>());
        // SAFETY: the block ends with room for the entries, and it lives as long as the caller's reference.
        unsafe {
            let first = block.add(1).cast::<Cell<usize>>();
            for place in 0..count {
                first.add(place).write(Cell::new("place", 0));
            }
            block.as_ref()
        }
    }

    fn fill(&self, bytes: &[u8]) {
        let mut at = 0;
        for entry in self.entries() {
            at = skip(bytes, at, STRIDE);
            // SAFETY: nobody else knows the table yet (Invariant 1).
            entry.with_mut(|place| unsafe { *place = at });
        }
    }

    fn entries(&self) -> &[Cell<usize>] {
        // SAFETY: `new` made so many behind the head.
        unsafe {
            let first = NonNull::from(self).add(1).cast();
            std::slice::from_raw_parts(first.as_ptr(), self.count)
        }
    }

    fn entry(&self, place: usize) -> usize {
        // SAFETY: written before the table was published, and never again (Invariant 1).
        self.entries()[place].with(|place| unsafe { *place })
    }

    /// The last character before an offset whose place is known, and its place.
    fn last_before(&self, offset: usize) -> Option<(usize, usize)> {
        let (mut low, mut high) = (0, self.count);
        while low < high {
            let middle = low + (high - low) / 2;
            match self.entry(middle) <= offset {
                true => low = middle + 1,
                false => high = middle,
            }
        }
        let last = low.checked_sub(1)?;
        Some((low * STRIDE, self.entry(last)))
    }
}

/// The top bits of the bytes of a word.
const TOPS: u64 = 0x8080_8080_8080_8080;

/// How many characters begin in eight bytes.
fn starts(word: [u8; 8]) -> usize {
    let word = u64::from_le_bytes(word);
    // A byte continues a character when its top bits are 10.
    let continued = word & !(word << 1) & TOPS;
    8 - continued.count_ones() as usize
}

fn is_start(byte: u8) -> bool {
    byte & 0xc0 != 0x80
}

/// The offset of the character that is so many behind the one at an offset, or the end.
#[must_use]
pub fn skip(bytes: &[u8], mut at: usize, mut chars: usize) -> usize {
    while let Some(word) = bytes[at..].first_chunk::<8>() {
        let here = starts(*word);
        if here > chars {
            break;
        }
        chars -= here;
        at += 8;
    }
    while let Some(&byte) = bytes.get(at) {
        if is_start(byte) {
            if chars == 0 {
                break;
            }
            chars -= 1;
        }
        at += 1;
    }
    at
}

/// The number of characters that begin in some bytes.
#[must_use]
pub fn count(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&byte| is_start(byte)).count()
}
