//! `bytes`.

use crate::eval::cx::Cx;
use crate::eval::{Args, Outcome};
use crate::objects::compare::hash_bytes;
use crate::refs::{Owned, Ref};
use crate::sync::atomic::{AtomicI64, Ordering};
use crate::types::TypeId;
use crate::types::buffer::{self, Buffer, Separator, Source, Text, iterator};
use crate::types::buffer::{
    capitalize, center, count, decode, endswith, expandtabs, find, hex, index, isalnum, isalpha,
    isascii, isdigit, islower, isspace, istitle, isupper, join, ljust, lower, lstrip, maketrans,
    new_args, partition, removeprefix, removesuffix, replace, rfind, rindex, rjust, rpartition,
    rsplit, rstrip, split, splitlines, startswith, strip, swapcase, title, translate, upper, zfill,
};
use crate::types::class::Class;
use crate::types::define::class;
use crate::types::payload::{self, Boxed, payload};

/// Immutable bytes.
pub(crate) struct Bytes {
    pub(crate) bytes: Box<[u8]>,
    /// Zero until somebody asked for it.
    hash: AtomicI64,
}

payload!(Bytes as Bytes, "bytes", |_this, _visit| {});

class! {
    pub(crate) BYTES: Boxed<Bytes> = "bytes" (Object) {
        doc "bytes() -> empty\nbytes(int) -> so many zeros\nbytes(str, encoding[, errors]) -> the text encoded\nbytes(iterable) -> integers from 0 to 255\nbytes(buffer) -> a copy\n\nBytes that cannot change.";
        slots {
            new: make, repr: buffer::repr, str: buffer::repr, hash: hash, compare: buffer::compare,
            len: buffer::len, contains: buffer::contains, get_item: buffer::get_item,
            iter: iterator::iter, add: buffer::add, multiply: buffer::multiply,
            modulo: buffer::modulo,
        }
        /// The same value as plain bytes.
        method __bytes__ as exact(self, /);
        /// A view of the object's memory.
        method __buffer__ as export(self, flags, /);
        method __getnewargs__ as new_args(self, /);
        /// A copy with its first letter large and all others small.
        method capitalize(self, /);
        /// A copy in the middle of a field of this width.
        method center(self, width, fillchar = Ref::NONE, /);
        /// How often sub stands in the part, not counting overlaps.
        method count(self, sub, start = Ref::NONE, end = Ref::NONE, /);
        /// The text that the bytes stand for.
        method decode(self, encoding = Text::of("utf-8"), errors = Text::of("strict"));
        /// Whether the part ends with the suffix, or with one of a tuple.
        method endswith(self, suffix, start = Ref::NONE, end = Ref::NONE, /);
        /// A copy with spaces in the place of tabs, up to the next column.
        method expandtabs(self, tabsize = 8);
        /// The first place at which something is found, or -1.
        method find(self, sub, start = Ref::NONE, end = Ref::NONE, /);
        /// The bytes that pairs of hexadecimal digits stand for.
        class fromhex as from_hex(self, string, /);
        /// The bytes as pairs of hexadecimal digits.
        method hex(self, sep = Separator::NONE, bytes_per_sep = 1);
        /// The first place at which something is found; ValueError if there is none.
        method index(self, sub, start = Ref::NONE, end = Ref::NONE, /);
        /// Whether there are only letters and digits, and some.
        method isalnum(self, /);
        /// Whether there are only letters, and some.
        method isalpha(self, /);
        /// Whether there is nothing but ASCII.
        method isascii(self, /);
        /// Whether there are only digits, and some.
        method isdigit(self, /);
        /// Whether there are small letters and no large ones.
        method islower(self, /);
        /// Whether there is only white space, and some.
        method isspace(self, /);
        /// Whether each word begins with a large letter and goes on with small ones.
        method istitle(self, /);
        /// Whether there are large letters and no small ones.
        method isupper(self, /);
        /// The items in one, with these bytes between them.
        method join(self, iterable_of_bytes, /);
        /// A copy at the left of a field of this width.
        method ljust(self, width, fillchar = Ref::NONE, /);
        /// A copy with small letters, as far as they are ASCII.
        method lower(self, /);
        /// A copy without the bytes of this set at its start.
        method lstrip(self, bytes = None, /);
        /// A table for translate(), from bytes to the bytes at the same places.
        static maketrans(frm, to, /);
        /// What stands before the first separator, the separator, and the rest.
        method partition(self, sep, /);
        /// A copy without the prefix, if it begins with it.
        method removeprefix(self, prefix, /);
        /// A copy without the suffix, if it ends with it.
        method removesuffix(self, suffix, /);
        /// A copy with new wherever old stood, at most count times.
        method replace(self, old, new, count = -1, /);
        /// The last place at which something is found, or -1.
        method rfind(self, sub, start = Ref::NONE, end = Ref::NONE, /);
        /// The last place at which something is found; ValueError if there is none.
        method rindex(self, sub, start = Ref::NONE, end = Ref::NONE, /);
        /// A copy at the right of a field of this width.
        method rjust(self, width, fillchar = Ref::NONE, /);
        /// What stands before the last separator, the separator, and the rest.
        method rpartition(self, sep, /);
        /// The parts between separators; a limit counts from the right.
        method rsplit(self, sep = None, maxsplit = -1);
        /// A copy without the bytes of this set at its end.
        method rstrip(self, bytes = None, /);
        /// The parts between separators; a limit counts from the left.
        method split(self, sep = None, maxsplit = -1);
        /// The lines, with their ends if keepends is true.
        method splitlines(self, keepends = false);
        /// Whether the part begins with the prefix, or with one of a tuple.
        method startswith(self, prefix, start = Ref::NONE, end = Ref::NONE, /);
        /// A copy without the bytes of this set at both ends.
        method strip(self, bytes = None, /);
        /// A copy with small letters for large ones, and large for small.
        method swapcase(self, /);
        /// A copy in which each word begins with a large letter and goes on with small ones.
        method title(self, /);
        /// A copy with each byte looked up in a table of 256, without those to delete.
        method translate(self, table, /, delete = None);
        /// A copy with large letters, as far as they are ASCII.
        method upper(self, /);
        /// A copy with zeros after the sign up to this width.
        method zfill(self, width, /);
    }
}

impl Bytes {
    fn of(bytes: Vec<u8>) -> Self {
        Self {
            bytes: bytes.into_boxed_slice(),
            hash: AtomicI64::new("bytes hash", 0),
        }
    }
}

/// New bytes.
pub(crate) fn new(cx: &Cx, bytes: &[u8]) -> Owned {
    from_vec(cx, bytes.to_vec())
}

/// New bytes, without a copy.
pub(crate) fn from_vec(cx: &Cx, bytes: Vec<u8>) -> Owned {
    payload::new(cx, Bytes::of(bytes))
}

/// The bytes of a bytes-like object at one moment.
pub(crate) fn data(cx: &Cx, value: Ref<'_>) -> Option<Vec<u8>> {
    let data = buffer::data(cx, value).ok()??;
    Some(data.0.into_owned())
}

fn make(cx: &Cx, class: &Class, args: Args<'_>) -> Outcome {
    if let ([only], true) = (args.positional, args.names.is_empty())
        && class.is(TypeId::Bytes)
        && cx.class_of(*only).is(TypeId::Bytes)
    {
        return Ok(only.own());
    }
    let made = buffer::source(cx, Source::Bytes, args)?;
    Ok(payload::new_in(cx, class, Bytes::of(made)))
}

fn hash(cx: &Cx, this: Ref<'_>) -> Outcome<i64> {
    let bytes = this.payload::<Bytes>().expect("bytes");
    // ORDERING: relaxed: the value depends on nothing but the immutable bytes.
    let known = bytes.hash.load(Ordering::Relaxed);
    if known != 0 {
        return Ok(known);
    }
    let hash = hash_bytes(cx.ts, &bytes.bytes);
    // ORDERING: relaxed: whoever misses it computes the same value.
    bytes.hash.store(hash, Ordering::Relaxed);
    Ok(hash)
}

fn exact(cx: &Cx, this: Buffer<'_>) -> Owned {
    this.same(cx)
}

fn export(cx: &Cx, this: Ref<'_>, _flags: i64) -> Outcome {
    cx.view_over(this)
}

fn from_hex(cx: &Cx, class: Ref<'_>, string: Ref<'_>) -> Outcome {
    let made = from_vec(cx, buffer::from_hex(cx, string)?);
    match Class::of(class) {
        Some(class) if class.is(TypeId::Bytes) => Ok(made),
        _ => cx.call(class, Args::positional(&[made.borrow()])),
    }
}
