//! Text: `str`, `repr`, `ascii`, `format`.

use crate::compile::Conversion;
use crate::eval::cx::Cx;
use crate::eval::{Args, Outcome};
use crate::objects::str::Str;
use crate::refs::{Owned, Ref};
use crate::types::TypeId;
use crate::types::class::Class;

/// What a RecursionError says of its place.
const STR: &str = " while getting the str of an object";
/// As above.
pub(crate) const REPR: &str = " while getting the repr of an object";

/// `str(value)`
pub(crate) fn str(cx: &Cx, value: Ref<'_>) -> Outcome {
    if value.exact::<Str>().is_some() {
        return Ok(value.own());
    }
    let class = cx.class_of(value);
    match class.slot(|slots| slots.str) {
        Some(str) => {
            let result = cx.nested_in(of_built_in(class, STR), || str(cx, value))?;
            checked(cx, "__str__", result)
        }
        None => repr(cx, value),
    }
}

/// `repr(value)`
pub(crate) fn repr(cx: &Cx, value: Ref<'_>) -> Outcome {
    let class = cx.class_of(value);
    match class.slot(|slots| slots.repr) {
        Some(repr) => {
            let result = cx.nested_in(of_built_in(class, REPR), || repr(cx, value))?;
            checked(cx, "__repr__", result)
        }
        None => Err(cx.error(TypeId::SystemError, "a class without repr")),
    }
}

/// The place, unless a program's own method recurses: CPython finds no room for its frame first, and names none.
fn of_built_in<'p>(class: &Class, place: &'p str) -> &'p str {
    if class.is_builtin() { place } else { "" }
}

fn checked(cx: &Cx, name: &str, result: Owned) -> Outcome {
    match cx.is_instance(result.borrow(), TypeId::Str) {
        true => Ok(result),
        false => {
            let kind = cx.type_name(result.borrow());
            Err(cx.type_error(format!("{name} returned non-string (type {kind})")))
        }
    }
}

/// `str(value)` as Rust text.
pub(crate) fn str_text(cx: &Cx, value: Ref<'_>) -> Outcome<String> {
    let result = str(cx, value)?;
    Ok(cx.text_of(result.borrow()).to_owned())
}

/// `repr(value)` as Rust text.
pub(crate) fn repr_text(cx: &Cx, value: Ref<'_>) -> Outcome<String> {
    let result = repr(cx, value)?;
    Ok(cx.text_of(result.borrow()).to_owned())
}

/// `ascii(value)`
pub(crate) fn ascii(cx: &Cx, value: Ref<'_>) -> Outcome {
    let mut out = String::new();
    for c in repr_text(cx, value)?.chars() {
        match c as u32 {
            0..0x80 => out.push(c),
            code @ 0x80..0x100 => out += &format!("\\x{code:02x}"),
            code @ 0x100..0x1_0000 => out += &format!("\\u{code:04x}"),
            code => out += &format!("\\U{code:08x}"),
        }
    }
    Ok(cx.str(&out))
}

/// A conversion of a replacement field.
pub(crate) fn convert(cx: &Cx, conversion: Conversion, value: Ref<'_>) -> Outcome {
    match conversion {
        Conversion::Str => str(cx, value),
        Conversion::Repr => repr(cx, value),
        Conversion::Ascii => ascii(cx, value),
    }
}

/// `format(value, specification)`
pub(crate) fn format(cx: &Cx, value: Ref<'_>, specification: Ref<'_>) -> Outcome {
    if value.exact::<Str>().is_some() && cx.text_of(specification).is_empty() {
        return Ok(value.own());
    }
    let name = cx.world().names.format();
    let method = super::attribute::special(cx, value, name)?;
    let Some(method) = method else {
        let kind = cx.type_name(value);
        return Err(cx.type_error(format!("Type {kind} doesn't define __format__")));
    };
    let result = cx.call(method.borrow(), Args::positional(&[specification]))?;
    match cx.is_instance(result.borrow(), TypeId::Str) {
        true => Ok(result),
        false => {
            let kind = cx.type_name(result.borrow());
            Err(cx.type_error(format!("__format__ must return a str, not {kind}")))
        }
    }
}

/// `format(value)`
pub(crate) fn format_plain(cx: &Cx, value: Ref<'_>) -> Outcome {
    format(cx, value, cx.intern(""))
}

/// Items as `repr` shows them, between brackets, with cycles cut at `cycle`.
pub(crate) fn row(
    cx: &Cx,
    owner: Ref<'_>,
    brackets: (&str, &str),
    cycle: &str,
    write: impl FnOnce(&mut String) -> Outcome<()>,
) -> Outcome {
    if cx.is_shown(owner) {
        return Ok(cx.str(cycle));
    }
    let mut out = brackets.0.to_owned();
    let since = cx.start_showing(owner);
    let result = cx.nested_in(REPR, || write(&mut out));
    cx.stop_showing(since);
    result?;
    out.push_str(brackets.1);
    Ok(cx.str(&out))
}

/// Items separated by commas, as `repr` shows them.
pub(crate) fn join_reprs<'a>(
    cx: &Cx,
    items: impl IntoIterator<Item = Ref<'a>>,
    out: &mut String,
) -> Outcome<()> {
    for (index, item) in items.into_iter().enumerate() {
        if index > 0 {
            out.push_str(", ");
        }
        let text = repr(cx, item)?;
        out.push_str(cx.text_of(text.borrow()));
    }
    Ok(())
}
