//! Text: `str`, `repr`, `ascii`, `format`.

use crate::compile::Conversion;
use crate::eval::cx::Cx;
use crate::eval::{Args, Outcome};
use crate::objects::str::Str;
use crate::refs::{Owned, Ref};
use crate::types::TypeId;

/// `str(value)`
pub(crate) fn str(cx: &Cx, value: Ref<'_>) -> Outcome {
    if value.exact::<Str>().is_some() {
        return Ok(value.own());
    }
    match cx.class_of(value).slot(|slots| slots.str) {
        Some(str) => checked(cx, "__str__", cx.nested(|| str(cx, value))?),
        None => repr(cx, value),
    }
}

/// `repr(value)`
pub(crate) fn repr(cx: &Cx, value: Ref<'_>) -> Outcome {
    match cx.class_of(value).slot(|slots| slots.repr) {
        Some(repr) => checked(cx, "__repr__", cx.nested(|| repr(cx, value))?),
        None => Err(cx.error(TypeId::SystemError, "a class without repr")),
    }
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
    let result = cx.nested(|| write(&mut out));
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
