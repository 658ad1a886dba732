//! `str`.

mod cases;
mod codec;
mod cut;
mod find;
mod format;
pub(crate) mod iterator;
mod pad;
pub(crate) mod printf;
mod translate;

pub(crate) use codec::{decode, encode};
pub(crate) use cut::concat;
pub(crate) use iterator::{STR_ASCII_ITERATOR, STR_ITERATOR};

use std::ops::Range;

use crate::compile::Comparison;
use crate::eval::cx::Cx;
use crate::eval::ops::number::{self, Selection};
use crate::eval::ops::{compare as order, text};
use crate::eval::{Args, Outcome};
use crate::objects::str::Str;
use crate::refs::{Owned, Ref};
use crate::text::search;
use crate::text::{Unit, Wtf8, quote};
use crate::types::args::Given;
use crate::types::class::Class;
use crate::types::define::class;
use crate::types::slice::Slice;
use crate::types::{TypeId, store};
use cases::*;
use codec::encode_method;
use cut::*;
use find::*;
use format::{format, format_map, format_one};
use pad::*;
use translate::{maketrans, translate};

class! {
    pub(crate) STR: Str = "str" (Object) {
        doc "str(object='') -> str\nstr(bytes_or_buffer[, encoding[, errors]]) -> str";
        slots {
            new: new, str: str, repr: repr, hash: hash, compare: compare, len: len, contains: contains,
            get_item: get_item, iter: iterator::over_str, add: add, multiply: multiply, modulo: modulo,
        }
        /// Return a formatted version of the string as described by format_spec.
        method __format__ as format_one(self, format_spec, /);
        method __getnewargs__ as new_args(self, /);
        /// Return a capitalized version of the string.
        method capitalize(self, /);
        /// Return a version of the string suitable for caseless comparisons.
        method casefold(self, /);
        /// Return a centered string of length width.
        method center(self, width, fillchar = Given::MISSING, /);
        /// Return the number of occurrences of a substring that do not overlap.
        method count(self, sub, start = Ref::NONE, end = Ref::NONE, /);
        /// Encode the string using the codec registered for encoding.
        method encode as encode_method(self, encoding = "utf-8", errors = "strict");
        /// Return True if the string ends with the suffix, or with one of a tuple of them.
        method endswith(self, suffix, start = Ref::NONE, end = Ref::NONE, /);
        /// Return a copy where all tab characters are expanded using spaces.
        method expandtabs(self, tabsize = 8);
        /// Return the lowest index where a substring is found, or -1.
        method find(self, sub, start = Ref::NONE, end = Ref::NONE, /);
        /// Return a formatted version of the string, using substitutions from args and kwargs.
        method format(self, *args, **kwargs);
        /// Return a formatted version of the string, using substitutions from mapping.
        method format_map(self, mapping, /);
        /// Return the lowest index where a substring is found, or raise ValueError.
        method index(self, sub, start = Ref::NONE, end = Ref::NONE, /);
        /// Return True if the string is an alpha-numeric string, False otherwise.
        method isalnum(self, /);
        /// Return True if the string is an alphabetic string, False otherwise.
        method isalpha(self, /);
        /// Return True if all characters in the string are ASCII, False otherwise.
        method isascii(self, /);
        /// Return True if the string is a decimal string, False otherwise.
        method isdecimal(self, /);
        /// Return True if the string is a digit string, False otherwise.
        method isdigit(self, /);
        /// Return True if the string is a valid Python identifier, False otherwise.
        method isidentifier(self, /);
        /// Return True if the string is a lowercase string, False otherwise.
        method islower(self, /);
        /// Return True if the string is a numeric string, False otherwise.
        method isnumeric(self, /);
        /// Return True if all characters in the string are printable, False otherwise.
        method isprintable(self, /);
        /// Return True if the string is a whitespace string, False otherwise.
        method isspace(self, /);
        /// Return True if the string is a title-cased string, False otherwise.
        method istitle(self, /);
        /// Return True if the string is an uppercase string, False otherwise.
        method isupper(self, /);
        /// Concatenate any number of strings.
        method join(self, iterable, /);
        /// Return a left-justified string of length width.
        method ljust(self, width, fillchar = Given::MISSING, /);
        /// Return a copy of the string converted to lowercase.
        method lower(self, /);
        /// Return a copy of the string with leading whitespace removed.
        method lstrip(self, chars = Ref::NONE, /);
        /// Return a translation table usable for str.translate().
        static maketrans(x, y = None, z = None, /);
        /// Partition the string into three parts using the given separator.
        method partition(self, sep, /);
        /// Return a str with the given prefix string removed if present.
        method removeprefix(self, prefix, /);
        /// Return a str with the given suffix string removed if present.
        method removesuffix(self, suffix, /);
        /// Return a copy with all occurrences of substring old replaced by new.
        method replace(self, old, new, /, count = -1);
        /// Return the highest index where a substring is found, or -1.
        method rfind(self, sub, start = Ref::NONE, end = Ref::NONE, /);
        /// Return the highest index where a substring is found, or raise ValueError.
        method rindex(self, sub, start = Ref::NONE, end = Ref::NONE, /);
        /// Return a right-justified string of length width.
        method rjust(self, width, fillchar = Given::MISSING, /);
        /// Partition the string into three parts using the given separator, from the end.
        method rpartition(self, sep, /);
        /// Return a list of the substrings in the string, using sep as the separator string, from the end.
        method rsplit(self, sep = Ref::NONE, maxsplit = -1);
        /// Return a copy of the string with trailing whitespace removed.
        method rstrip(self, chars = Ref::NONE, /);
        /// Return a list of the substrings in the string, using sep as the separator string.
        method split(self, sep = Ref::NONE, maxsplit = -1);
        /// Return a list of the lines in the string, breaking at line boundaries.
        method splitlines(self, keepends = false);
        /// Return True if the string starts with the prefix, or with one of a tuple of them.
        method startswith(self, prefix, start = Ref::NONE, end = Ref::NONE, /);
        /// Return a copy of the string with leading and trailing whitespace removed.
        method strip(self, chars = Ref::NONE, /);
        /// Convert uppercase characters to lowercase and lowercase characters to uppercase.
        method swapcase(self, /);
        /// Return a version of the string where each word is titlecased.
        method title(self, /);
        /// Replace each character in the string using the given translation table.
        method translate(self, table, /);
        /// Return a copy of the string converted to uppercase.
        method upper(self, /);
        /// Pad a numeric string with zeros on the left, to fill a field of the given width.
        method zfill(self, width, /);
    }
}

/// Where the code of this folder says that text is in characters.
const CHARS: Unit = Unit::Character;

/// The text of a string with its lone surrogates.
pub(crate) fn wtf8(string: &Str) -> &Wtf8 {
    let exact = match string.has_surrogates() {
        true => Wtf8::from_bytes(string.as_bytes()),
        false => None,
    };
    exact.unwrap_or_else(|| Wtf8::new(string.as_str()))
}

/// A part of a string, between two offsets.
fn slice(cx: &Cx, string: &Str, range: Range<usize>) -> Owned {
    match string.has_surrogates() {
        false => cx.str(&string.as_str()[range]),
        true => cx.wtf8(&string.as_bytes()[range]),
    }
}

/// Arguments by place or name, for constructors.
pub(crate) fn arguments<'a, const N: usize>(
    cx: &Cx,
    function: &str,
    names: [&str; N],
    args: Args<'a>,
) -> Outcome<[Option<Ref<'a>>; N]> {
    let given = args.positional.len() + args.names.len();
    if given > N {
        return Err(cx.type_error(format!(
            "{function}() takes at most {N} argument{} ({given} given)",
            if N == 1 { "" } else { "s" }
        )));
    }
    let mut bound = [None; N];
    for (place, value) in args.positional.iter().enumerate() {
        bound[place] = Some(*value);
    }
    for (name, value) in args.names.iter().zip(args.keywords) {
        let text = cx.text_of(*name);
        let Some(place) = names.iter().position(|known| *known == text) else {
            return Err(cx.type_error(format!(
                "{function}() got an unexpected keyword argument '{text}'"
            )));
        };
        if bound[place].replace(*value).is_some() {
            return Err(cx.type_error(format!(
                "argument for {function}() given by name ('{text}') and position ({})",
                place + 1
            )));
        }
    }
    Ok(bound)
}

fn new(cx: &Cx, class: &Class, args: Args<'_>) -> Outcome {
    let count = args.positional.len();
    if count > 3 && args.names.is_empty() {
        return Err(cx.type_error(format!("str expected at most 3 arguments, got {count}")));
    }
    let [object, encoding, errors] = arguments(cx, "str", ["object", "encoding", "errors"], args)?;
    for (name, given) in [("encoding", encoding), ("errors", errors)] {
        if let Some(given) = given.filter(|given| given.downcast::<Str>().is_none()) {
            let kind = match given.is_none() {
                true => "None".to_owned(),
                false => cx.type_name(given),
            };
            let message = format!("str() argument '{name}' must be str, not {kind}");
            return Err(cx.type_error(message));
        }
    }
    let made = match (object, encoding, errors) {
        (None, ..) => cx.str(""),
        (Some(object), None, None) => text::str(cx, object)?,
        (Some(object), encoding, errors) => codec::new(cx, object, encoding, errors)?,
    };
    match class.is(TypeId::Str) {
        true => Ok(made),
        false => Ok(store::str_in(cx, class, made.borrow().layout())),
    }
}

fn new_args(cx: &Cx, this: &Str) -> Owned {
    cx.tuple(vec![cx.wtf8(this.as_bytes())])
}

fn str(cx: &Cx, this: Ref<'_>) -> Outcome {
    Ok(exact(cx, this))
}

/// The string itself, or its text when its class is derived.
fn exact(cx: &Cx, this: Ref<'_>) -> Owned {
    match this.exact::<Str>() {
        Some(_) => this.own(),
        None => cx.wtf8(this.layout::<Str>().as_bytes()),
    }
}

fn repr(cx: &Cx, this: Ref<'_>) -> Outcome {
    Ok(cx.str(&quote::of_str(wtf8(this.layout()))))
}

fn hash(cx: &Cx, this: Ref<'_>) -> Outcome<i64> {
    cx.lift(crate::objects::compare::hash_by_layout(cx.ts, this.value()))
}

fn compare(_cx: &Cx, comparison: Comparison, left: Ref<'_>, right: Ref<'_>) -> Outcome {
    match (left.downcast::<Str>(), right.downcast::<Str>()) {
        (Some(left), Some(right)) => {
            let found = left.as_bytes().cmp(right.as_bytes());
            Ok(Owned::bool(order::holds(comparison, found)))
        }
        _ => Ok(Owned::not_implemented()),
    }
}

fn len(_cx: &Cx, this: Ref<'_>) -> Outcome<usize> {
    Ok(this.layout::<Str>().len())
}

fn contains(cx: &Cx, this: Ref<'_>, item: Ref<'_>) -> Outcome<bool> {
    match item.downcast::<Str>() {
        Some(item) => {
            let text = this.layout::<Str>().as_bytes();
            Ok(search::find(text, item.as_bytes()).is_some())
        }
        None => {
            let kind = cx.type_name(item);
            Err(cx.type_error(format!(
                "'in <string>' requires string as left operand, not {kind}"
            )))
        }
    }
}

fn get_item(cx: &Cx, this: Ref<'_>, key: Ref<'_>) -> Outcome {
    let string = this.layout::<Str>();
    if let Some(slice) = key.payload::<Slice>() {
        return get_slice(cx, string, slice);
    }
    if !number::is_index(cx, key) {
        let kind = cx.type_name(key);
        return Err(cx.type_error(format!("string indices must be integers, not '{kind}'")));
    }
    let given = number::position(cx, key)?;
    let len = string.len() as i64;
    let index = if given < 0 { given + len } else { given };
    if !(0..len).contains(&index) {
        return Err(cx.index_error("string index out of range"));
    }
    let start = string.offset(cx.ts, index as usize);
    let (_, width) = CHARS.at(string.as_bytes(), start);
    Ok(slice(cx, string, start..start + width))
}

fn get_slice(cx: &Cx, string: &Str, wanted: &Slice) -> Outcome {
    let selected = number::select(cx, wanted.parts(), string.len())?;
    if selected.count == 0 {
        return Ok(cx.str(""));
    }
    if selected.step == 1 {
        let start = string.offset(cx.ts, selected.start as usize);
        let end = string.offset(cx.ts, selected.start as usize + selected.count);
        return Ok(slice(cx, string, start..end));
    }
    Ok(cx.wtf8(&stepped(cx, string, selected)))
}

/// The characters at positions with a step between them.
fn stepped(cx: &Cx, string: &Str, selected: Selection) -> Vec<u8> {
    let text = string.as_bytes();
    if string.is_ascii() {
        return selected.positions().map(|at| text[at]).collect();
    }
    let mut out = Vec::new();
    for index in selected.positions() {
        let start = string.offset(cx.ts, index);
        let (_, width) = CHARS.at(text, start);
        out.extend_from_slice(&text[start..start + width]);
    }
    out
}

fn add(cx: &Cx, left: Ref<'_>, right: Ref<'_>) -> Outcome {
    match (left.downcast::<Str>(), right.downcast::<Str>()) {
        (Some(left), Some(right)) => {
            let bytes = left.as_bytes().len().checked_add(right.as_bytes().len());
            cx.room_for(bytes)?;
            Ok(concat(cx, &[left, right]))
        }
        (Some(_), None) => {
            let kind = cx.type_name(right);
            Err(cx.type_error(format!("can only concatenate str (not \"{kind}\") to str")))
        }
        _ => Ok(Owned::not_implemented()),
    }
}

/// How often a sequence is repeated; nothing if the other side is no integer.
pub(crate) fn times(cx: &Cx, count: Ref<'_>, len: usize) -> Outcome<Option<usize>> {
    if !number::is_index(cx, count) {
        return Ok(None);
    }
    let count = usize::try_from(number::index(cx, count)?).unwrap_or(0);
    cx.room_for(len.checked_mul(count))?;
    Ok(Some(count))
}

fn multiply(cx: &Cx, left: Ref<'_>, right: Ref<'_>) -> Outcome {
    let (string, count) = match left.downcast::<Str>() {
        Some(string) => (string, right),
        None => (right.layout::<Str>(), left),
    };
    match times(cx, count, string.as_bytes().len())? {
        Some(count) => Ok(cx.wtf8(&string.as_bytes().repeat(count))),
        None => {
            let kind = cx.type_name(count);
            Err(cx.type_error(format!(
                "can't multiply sequence by non-int of type '{kind}'"
            )))
        }
    }
}

fn modulo(cx: &Cx, left: Ref<'_>, right: Ref<'_>) -> Outcome {
    match left.downcast::<Str>() {
        Some(format) => printf::of_str(cx, format.as_bytes(), right),
        None => Ok(Owned::not_implemented()),
    }
}
