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
        doc "bytes(iterable_of_ints) -> bytes\nbytes(string, encoding[, errors]) -> bytes\nbytes(bytes_or_buffer) -> immutable copy of bytes_or_buffer\nbytes(int) -> bytes object of size given by the parameter initialized with null bytes\nbytes() -> empty bytes object";
        slots {
            new: make, repr: buffer::repr, str: buffer::repr, hash: hash, compare: buffer::compare,
            len: buffer::len, contains: buffer::contains, get_item: buffer::get_item,
            iter: iterator::iter, add: buffer::add, multiply: buffer::multiply,
            modulo: buffer::modulo,
        }
        /// Convert this value to exact type bytes.
        method __bytes__ as exact(self, /);
        /// Return a buffer object that exposes the underlying memory of the object.
        method __buffer__ as export(self, flags, /);
        method __getnewargs__ as new_args(self, /);
        /// Return a copy with only its first character capitalized and the rest lower-cased.
        method capitalize(self, /);
        /// Return a centered string of length width.
        method center(self, width, fillchar = Ref::NONE, /);
        /// Return the number of non-overlapping occurrences of subsection 'sub' in bytes B[start:end].
        method count(self, sub, start = Ref::NONE, end = Ref::NONE, /);
        /// Decode the bytes using the codec registered for encoding.
        method decode(self, encoding = Text::of("utf-8"), errors = Text::of("strict"));
        /// Return True if the bytes ends with the specified suffix, False otherwise.
        method endswith(self, suffix, start = Ref::NONE, end = Ref::NONE, /);
        /// Return a copy where all tab characters are expanded using spaces.
        method expandtabs(self, tabsize = 8);
        /// Return the lowest index in B where subsection 'sub' is found, or -1.
        method find(self, sub, start = Ref::NONE, end = Ref::NONE, /);
        /// Create a bytes object from a string of hexadecimal numbers.
        class fromhex as from_hex(self, string, /);
        /// Create a string of hexadecimal numbers from a bytes object.
        method hex(self, sep = Separator::NONE, bytes_per_sep = 1);
        /// Return the lowest index in B where subsection 'sub' is found.
        method index(self, sub, start = Ref::NONE, end = Ref::NONE, /);
        /// Return True if all characters are alphanumeric and there is at least one.
        method isalnum(self, /);
        /// Return True if all characters are alphabetic and there is at least one.
        method isalpha(self, /);
        /// Return True if the bytes are empty or all of them are ASCII.
        method isascii(self, /);
        /// Return True if all characters are digits and there is at least one.
        method isdigit(self, /);
        /// Return True if all cased characters are lowercase and there is at least one.
        method islower(self, /);
        /// Return True if all characters are whitespace and there is at least one.
        method isspace(self, /);
        /// Return True if the bytes are titlecased and there is at least one character.
        method istitle(self, /);
        /// Return True if all cased characters are uppercase and there is at least one.
        method isupper(self, /);
        /// Concatenate any number of bytes objects.
        method join(self, iterable_of_bytes, /);
        /// Return a left-justified string of length width.
        method ljust(self, width, fillchar = Ref::NONE, /);
        /// Return a copy with all ASCII characters converted to lowercase.
        method lower(self, /);
        /// Strip leading bytes contained in the argument.
        method lstrip(self, bytes = None, /);
        /// Return a translation table usable for the bytes or bytearray translate method.
        static maketrans(frm, to, /);
        /// Partition the bytes into three parts using the given separator.
        method partition(self, sep, /);
        /// Return a bytes object with the given prefix string removed if present.
        method removeprefix(self, prefix, /);
        /// Return a bytes object with the given suffix string removed if present.
        method removesuffix(self, suffix, /);
        /// Return a copy with all occurrences of substring old replaced by new.
        method replace(self, old, new, count = -1, /);
        /// Return the highest index in B where subsection 'sub' is found, or -1.
        method rfind(self, sub, start = Ref::NONE, end = Ref::NONE, /);
        /// Return the highest index in B where subsection 'sub' is found.
        method rindex(self, sub, start = Ref::NONE, end = Ref::NONE, /);
        /// Return a right-justified string of length width.
        method rjust(self, width, fillchar = Ref::NONE, /);
        /// Partition the bytes into three parts using the given separator, from the right.
        method rpartition(self, sep, /);
        /// Return a list of the sections in the bytes, using sep as the delimiter, from the right.
        method rsplit(self, sep = None, maxsplit = -1);
        /// Strip trailing bytes contained in the argument.
        method rstrip(self, bytes = None, /);
        /// Return a list of the sections in the bytes, using sep as the delimiter.
        method split(self, sep = None, maxsplit = -1);
        /// Return a list of the lines in the bytes, breaking at line boundaries.
        method splitlines(self, keepends = false);
        /// Return True if the bytes starts with the specified prefix, False otherwise.
        method startswith(self, prefix, start = Ref::NONE, end = Ref::NONE, /);
        /// Strip leading and trailing bytes contained in the argument.
        method strip(self, bytes = None, /);
        /// Return a copy with uppercase characters converted to lowercase and vice versa.
        method swapcase(self, /);
        /// Return a titlecased version of the bytes.
        method title(self, /);
        /// Return a copy with each character mapped by the given translation table.
        method translate(self, table, /, delete = None);
        /// Return a copy with all ASCII characters converted to uppercase.
        method upper(self, /);
        /// Pad a numeric string with zeros on the left, to fill a field of the given width.
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
