//! `bytearray`: its bytes lie in a container of the layer below, which keeps them whole between threads.

mod change;

use crate::eval::cx::Cx;
use crate::eval::{Args, Outcome};
use crate::objects::bytearray::{self as array, Bytearray};
use crate::refs::{Owned, Ref};
use crate::types::TypeId;
use crate::types::buffer::{self, Separator, Source, Text, iterator};
use crate::types::buffer::{
    capitalize, center, count, decode, endswith, expandtabs, find, hex, index, isalnum, isalpha,
    isascii, isdigit, islower, isspace, istitle, isupper, join, ljust, lower, lstrip, maketrans,
    partition, removeprefix, removesuffix, replace, rfind, rindex, rjust, rpartition, rsplit,
    rstrip, split, splitlines, startswith, strip, swapcase, title, translate, upper, zfill,
};
use crate::types::class::Class;
use crate::types::define::class;

use change::{
    append, clear, copy, extend, in_place_add, in_place_multiply, insert, pop, remove, reverse,
    set_item,
};

class! {
    pub(crate) BYTEARRAY: Bytearray = "bytearray" (Object) {
        doc "bytearray() -> empty\nbytearray(int) -> so many zeros\nbytearray(str, encoding[, errors]) -> the text encoded\nbytearray(iterable) -> integers from 0 to 255\nbytearray(buffer) -> a copy\n\nBytes that can change.";
        unhashable;
        slots {
            new: new, init: init, repr: buffer::repr, str: buffer::repr, compare: buffer::compare,
            len: buffer::len, contains: buffer::contains, get_item: buffer::get_item,
            set_item: set_item, iter: iterator::iter, add: buffer::add, multiply: buffer::multiply,
            modulo: buffer::modulo, in_place_add: in_place_add,
            in_place_multiply: in_place_multiply,
        }
        /// Return the number of bytes actually allocated.
        method __alloc__ as allocated(self, /);
        /// A view of the object's memory.
        method __buffer__ as export(self, flags, /);
        /// Give back a view that __buffer__ has made.
        method __release_buffer__ as release_buffer(self, buffer, /);
        /// Add a byte at the end.
        method append(self, item, /);
        /// A copy with its first letter large and all others small.
        method capitalize(self, /);
        /// A copy in the middle of a field of this width.
        method center(self, width, fillchar = Ref::NONE, /);
        /// Become empty.
        method clear(self, /);
        /// A new one with the same bytes.
        method copy(self, /);
        /// How often sub stands in the part, not counting overlaps.
        method count(self, sub, start = Ref::NONE, end = Ref::NONE, /);
        /// The text that the bytes stand for.
        method decode(self, encoding = Text::of("utf-8"), errors = Text::of("strict"));
        /// Whether the part ends with the suffix, or with one of a tuple.
        method endswith(self, suffix, start = Ref::NONE, end = Ref::NONE, /);
        /// A copy with spaces in the place of tabs, up to the next column.
        method expandtabs(self, tabsize = 8);
        /// Add all bytes of an iterable at the end.
        method extend(self, iterable_of_ints, /);
        /// The first place at which something is found, or -1.
        method find(self, sub, start = Ref::NONE, end = Ref::NONE, /);
        /// The bytes that pairs of hexadecimal digits stand for.
        class fromhex as from_hex(self, string, /);
        /// The bytes as pairs of hexadecimal digits.
        method hex(self, sep = Separator::NONE, bytes_per_sep = 1);
        /// The first place at which something is found; ValueError if there is none.
        method index(self, sub, start = Ref::NONE, end = Ref::NONE, /);
        /// Put a byte before the one at this index.
        method insert(self, index, item, /);
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
        /// Take out the byte at this index, the last one by default.
        method pop(self, index = -1, /);
        /// Take out the first byte of this value.
        method remove(self, value, /);
        /// A copy without the prefix, if it begins with it.
        method removeprefix(self, prefix, /);
        /// A copy without the suffix, if it ends with it.
        method removesuffix(self, suffix, /);
        /// A copy with new wherever old stood, at most count times.
        method replace(self, old, new, count = -1, /);
        /// Turn the order of the bytes round.
        method reverse(self, /);
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

/// A new bytearray.
pub(crate) fn from_vec(cx: &Cx, bytes: Vec<u8>) -> Owned {
    // SAFETY: the reference is new.
    unsafe { Owned::from_value(array::new(cx.ts, bytes)) }
}

impl Cx<'_> {
    /// A new bytearray.
    pub(crate) fn bytearray(&self, bytes: Vec<u8>) -> Owned {
        from_vec(self, bytes)
    }
}

/// The receiver of a slot.
fn of(this: Ref<'_>) -> &Bytearray {
    this.layout::<Bytearray>()
}

fn new(cx: &Cx, class: &Class, _args: Args<'_>) -> Outcome {
    if class.is(TypeId::Bytearray) {
        return Ok(from_vec(cx, Vec::new()));
    }
    // SAFETY: the class is borrowed, its layout is a bytearray's, and the reference is new.
    Ok(unsafe { Owned::from_value(array::new_in(cx.ts, class.head(), Vec::new())) })
}

fn init(cx: &Cx, this: Ref<'_>, args: Args<'_>) -> Outcome<()> {
    let made = buffer::source(cx, Source::Array, args)?;
    change::resize(cx, of(this), |bytes| *bytes = made)
}

fn allocated(cx: &Cx, this: &Bytearray) -> usize {
    array::capacity(cx.ts, this)
}

fn export(cx: &Cx, this: Ref<'_>, _flags: i64) -> Outcome {
    crate::types::memoryview::over(cx, this)
}

fn release_buffer(cx: &Cx, this: Ref<'_>, buffer: Ref<'_>) -> Outcome<()> {
    crate::types::memoryview::release_buffer(cx, this, buffer)
}

fn from_hex(cx: &Cx, class: Ref<'_>, string: Ref<'_>) -> Outcome {
    let made = from_vec(cx, buffer::from_hex(cx, string)?);
    match Class::of(class) {
        Some(class) if class.is(TypeId::Bytearray) => Ok(made),
        _ => cx.call(class, Args::positional(&[made.borrow()])),
    }
}
