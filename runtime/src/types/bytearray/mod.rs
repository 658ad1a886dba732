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
        doc "bytearray(iterable_of_ints) -> bytearray\nbytearray(string, encoding[, errors]) -> bytearray\nbytearray(bytes_or_buffer) -> mutable copy of bytes_or_buffer\nbytearray(int) -> bytes array of size given by the parameter initialized with null bytes\nbytearray() -> empty bytes array";
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
        /// Return a buffer object that exposes the underlying memory of the object.
        method __buffer__ as export(self, flags, /);
        /// Append a single item to the end of the bytearray.
        method append(self, item, /);
        /// Return a copy with only its first character capitalized and the rest lower-cased.
        method capitalize(self, /);
        /// Return a centered string of length width.
        method center(self, width, fillchar = Ref::NONE, /);
        /// Remove all items from the bytearray.
        method clear(self, /);
        /// Return a copy of B.
        method copy(self, /);
        /// Return the number of non-overlapping occurrences of subsection 'sub' in bytes B[start:end].
        method count(self, sub, start = Ref::NONE, end = Ref::NONE, /);
        /// Decode the bytearray using the codec registered for encoding.
        method decode(self, encoding = Text::of("utf-8"), errors = Text::of("strict"));
        /// Return True if the bytearray ends with the specified suffix, False otherwise.
        method endswith(self, suffix, start = Ref::NONE, end = Ref::NONE, /);
        /// Return a copy where all tab characters are expanded using spaces.
        method expandtabs(self, tabsize = 8);
        /// Append all the items from the iterator or sequence to the end of the bytearray.
        method extend(self, iterable_of_ints, /);
        /// Return the lowest index in B where subsection 'sub' is found, or -1.
        method find(self, sub, start = Ref::NONE, end = Ref::NONE, /);
        /// Create a bytearray object from a string of hexadecimal numbers.
        class fromhex as from_hex(self, string, /);
        /// Create a string of hexadecimal numbers from a bytearray object.
        method hex(self, sep = Separator::NONE, bytes_per_sep = 1);
        /// Return the lowest index in B where subsection 'sub' is found.
        method index(self, sub, start = Ref::NONE, end = Ref::NONE, /);
        /// Insert a single item into the bytearray before the given index.
        method insert(self, index, item, /);
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
        /// Concatenate any number of bytes/bytearray objects.
        method join(self, iterable_of_bytes, /);
        /// Return a left-justified string of length width.
        method ljust(self, width, fillchar = Ref::NONE, /);
        /// Return a copy with all ASCII characters converted to lowercase.
        method lower(self, /);
        /// Strip leading bytes contained in the argument.
        method lstrip(self, bytes = None, /);
        /// Return a translation table usable for the bytes or bytearray translate method.
        static maketrans(frm, to, /);
        /// Partition the bytearray into three parts using the given separator.
        method partition(self, sep, /);
        /// Remove and return a single item from B.
        method pop(self, index = -1, /);
        /// Remove the first occurrence of a value in the bytearray.
        method remove(self, value, /);
        /// Return a bytearray object with the given prefix string removed if present.
        method removeprefix(self, prefix, /);
        /// Return a bytearray object with the given suffix string removed if present.
        method removesuffix(self, suffix, /);
        /// Return a copy with all occurrences of substring old replaced by new.
        method replace(self, old, new, count = -1, /);
        /// Reverse the order of the values in B in place.
        method reverse(self, /);
        /// Return the highest index in B where subsection 'sub' is found, or -1.
        method rfind(self, sub, start = Ref::NONE, end = Ref::NONE, /);
        /// Return the highest index in B where subsection 'sub' is found.
        method rindex(self, sub, start = Ref::NONE, end = Ref::NONE, /);
        /// Return a right-justified string of length width.
        method rjust(self, width, fillchar = Ref::NONE, /);
        /// Partition the bytearray into three parts using the given separator, from the right.
        method rpartition(self, sep, /);
        /// Return a list of the sections in the bytearray, using sep as the delimiter, from the right.
        method rsplit(self, sep = None, maxsplit = -1);
        /// Strip trailing bytes contained in the argument.
        method rstrip(self, bytes = None, /);
        /// Return a list of the sections in the bytearray, using sep as the delimiter.
        method split(self, sep = None, maxsplit = -1);
        /// Return a list of the lines in the bytearray, breaking at line boundaries.
        method splitlines(self, keepends = false);
        /// Return True if the bytearray starts with the specified prefix, False otherwise.
        method startswith(self, prefix, start = Ref::NONE, end = Ref::NONE, /);
        /// Strip leading and trailing bytes contained in the argument.
        method strip(self, bytes = None, /);
        /// Return a copy with uppercase characters converted to lowercase and vice versa.
        method swapcase(self, /);
        /// Return a titlecased version of the bytearray.
        method title(self, /);
        /// Return a copy with each character mapped by the given translation table.
        method translate(self, table, /, delete = None);
        /// Return a copy with all ASCII characters converted to uppercase.
        method upper(self, /);
        /// Pad a numeric string with zeros on the left, to fill a field of the given width.
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

fn from_hex(cx: &Cx, class: Ref<'_>, string: Ref<'_>) -> Outcome {
    let made = from_vec(cx, buffer::from_hex(cx, string)?);
    match Class::of(class) {
        Some(class) if class.is(TypeId::Bytearray) => Ok(made),
        _ => cx.call(class, Args::positional(&[made.borrow()])),
    }
}
