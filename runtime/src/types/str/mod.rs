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
        doc "Text that never changes: what an object shows itself as, or the text of bytes in an encoding.";
        slots {
            new: new, str: str, repr: repr, hash: hash, compare: compare, len: len, contains: contains,
            get_item: get_item, iter: iterator::over_str, add: add, multiply: multiply, modulo: modulo,
        }
        /// The text as the format says.
        method __format__ as format_one(self, format_spec, /);
        method __getnewargs__ as new_args(self, /);
        /// The first character as a title's, the rest in lower case.
        method capitalize(self, /);
        /// The text for comparisons in which case does not count.
        method casefold(self, /);
        /// A copy in the middle of a field of this width.
        method center(self, width, fillchar = Given::MISSING, /);
        /// How often a part is found, one place beginning behind the other.
        method count(self, sub, start = Ref::NONE, end = Ref::NONE, /);
        /// The bytes that stand for the text.
        method encode as encode_method(self, encoding = "utf-8", errors = "strict");
        /// Whether the text ends with another, or with one of a tuple.
        method endswith(self, suffix, start = Ref::NONE, end = Ref::NONE, /);
        /// A copy with spaces in the place of tabs, up to the next column.
        method expandtabs(self, tabsize = 8);
        /// The first place at which a part is found, or -1.
        method find(self, sub, start = Ref::NONE, end = Ref::NONE, /);
        /// The text with its {fields} filled from the arguments.
        method format(self, *args, **kwargs);
        /// The text with its {fields} filled from a mapping.
        method format_map(self, mapping, /);
        /// The first place at which a part is found; ValueError if there is none.
        method index(self, sub, start = Ref::NONE, end = Ref::NONE, /);
        /// Whether there are only letters and digits, and at least one.
        method isalnum(self, /);
        /// Whether there are only letters, and at least one.
        method isalpha(self, /);
        /// Whether all characters are ASCII.
        method isascii(self, /);
        /// Whether there are only decimal digits, and at least one.
        method isdecimal(self, /);
        /// Whether there are only digits, and at least one.
        method isdigit(self, /);
        /// Whether the text can be a name.
        method isidentifier(self, /);
        /// Whether all cased characters are in lower case, and there is one.
        method islower(self, /);
        /// Whether all characters have a numeric value, and there is one.
        method isnumeric(self, /);
        /// Whether repr() shows every character as it is.
        method isprintable(self, /);
        /// Whether there is only white space, and some.
        method isspace(self, /);
        /// Whether every word begins with a capital and goes on in lower case.
        method istitle(self, /);
        /// Whether all cased characters are in upper case, and there is one.
        method isupper(self, /);
        /// The items in one text, with this one between them.
        method join(self, iterable, /);
        /// A copy at the left of a field of this width.
        method ljust(self, width, fillchar = Given::MISSING, /);
        /// The text in lower case.
        method lower(self, /);
        /// A copy without white space, or these characters, at its start.
        method lstrip(self, chars = Ref::NONE, /);
        /// A table for translate(), from code points to what replaces them.
        static maketrans(x, y = None, z = None, /);
        /// What stands before the first separator, the separator, and the rest.
        method partition(self, sep, /);
        /// A copy without the prefix, if it begins with it.
        method removeprefix(self, prefix, /);
        /// A copy without the suffix, if it ends with it.
        method removesuffix(self, suffix, /);
        /// A copy with new wherever old stood, at most count times.
        method replace(self, old, new, /, count = -1);
        /// The last place at which a part is found, or -1.
        method rfind(self, sub, start = Ref::NONE, end = Ref::NONE, /);
        /// The last place at which a part is found; ValueError if there is none.
        method rindex(self, sub, start = Ref::NONE, end = Ref::NONE, /);
        /// A copy at the right of a field of this width.
        method rjust(self, width, fillchar = Given::MISSING, /);
        /// What stands before the last separator, the separator, and the rest.
        method rpartition(self, sep, /);
        /// The parts between separators; a limit counts from the right.
        method rsplit(self, sep = Ref::NONE, maxsplit = -1);
        /// A copy without white space, or these characters, at its end.
        method rstrip(self, chars = Ref::NONE, /);
        /// The parts between separators; a limit counts from the left.
        method split(self, sep = Ref::NONE, maxsplit = -1);
        /// The lines, with their ends if keepends is true.
        method splitlines(self, keepends = false);
        /// Whether the text begins with another, or with one of a tuple.
        method startswith(self, prefix, start = Ref::NONE, end = Ref::NONE, /);
        /// A copy without white space, or these characters, at both ends.
        method strip(self, chars = Ref::NONE, /);
        /// Upper case for lower and lower for upper.
        method swapcase(self, /);
        /// Every word with a capital, the rest in lower case.
        method title(self, /);
        /// A copy with each character looked up in a table.
        method translate(self, table, /);
        /// The text in upper case.
        method upper(self, /);
        /// A copy with zeros after the sign up to this width.
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
