//! `code.replace`: what of a code object can be changed in a copy.

use super::{Code, text, text_of};
use crate::compile::ITERABLE_COROUTINE;
use crate::eval::Outcome;
use crate::eval::code::{CodeObject, CodeRef};
use crate::eval::cx::Cx;
use crate::eval::load;
use crate::eval::ops::number;
use crate::objects::dict::Dict;
use crate::objects::str::Str;
use crate::refs::{Owned, Ref};
use crate::types::store;

/// A change that was asked for.
enum Change {
    Name(Box<str>),
    QualifiedName(Box<str>),
    FileName(Box<str>),
    FirstLine(u32),
    IterableCoroutine(bool),
}

pub(super) fn replace(cx: &Cx, this: &Code, changes: Ref<'_>) -> Outcome {
    let asked = changes.downcast::<Dict>();
    let asked = asked.map_or(Vec::new(), |asked| store::dict_entries(cx, asked));
    let mut changes = Vec::new();
    for (name, value) in &asked {
        changes.push(parse(
            cx,
            this.code,
            cx.text_of(name.borrow()),
            value.borrow(),
        )?);
    }
    Ok(load::copy(cx, this.code, |code| {
        let brought = changes
            .into_iter()
            .filter_map(|change| apply(cx, code, change));
        brought.last()
    }))
}

fn parse(cx: &Cx, code: CodeRef, name: &str, value: Ref<'_>) -> Outcome<Change> {
    let text = || match value.downcast::<Str>() {
        Some(text) => Ok(Box::from(text.as_str())),
        None => {
            let kind = cx.type_name(value);
            Err(cx.type_error(format!(
                "replace() argument '{name}' must be str, not {kind}"
            )))
        }
    };
    match name {
        "co_name" => text().map(Change::Name),
        "co_qualname" => text().map(Change::QualifiedName),
        "co_filename" => text().map(Change::FileName),
        "co_firstlineno" => match u32::try_from(number::index(cx, value)?) {
            Ok(line) => Ok(Change::FirstLine(line)),
            Err(_) => Err(cx.value_error("co_firstlineno must be a positive integer")),
        },
        "co_flags" => flags(cx, code, number::index(cx, value)?),
        _ => Err(cx.type_error(format!("replace() cannot change '{name}'"))),
    }
}

/// Only whether generators can be awaited may differ: the other flags say what the code does.
fn flags(cx: &Cx, code: CodeRef, wanted: i64) -> Outcome<Change> {
    let flag = i64::from(ITERABLE_COROUTINE);
    if wanted & !flag == i64::from(code.code.flags()) & !flag {
        return Ok(Change::IterableCoroutine(wanted & flag != 0));
    }
    Err(cx.value_error("replace() cannot change what 'co_flags' says of the code"))
}

/// Changes the code; a new source comes with the object that owns it.
fn apply(cx: &Cx, object: &mut CodeObject, change: Change) -> Option<Owned> {
    match change {
        Change::Name(name) => {
            object.name = cx.intern(&name).value();
            object.code.name = name;
        }
        Change::QualifiedName(name) => {
            object.qualified_name = cx.intern(&name).value();
            object.code.qualified_name = name;
        }
        Change::FileName(name) => {
            let renamed = text(cx, object.source().renamed(&name));
            object.source = text_of(&renamed);
            return Some(renamed);
        }
        Change::FirstLine(line) => object.code.first_line = line,
        Change::IterableCoroutine(is) => object.code.is_iterable_coroutine = is,
    }
    None
}
