//! `str.translate` and `str.maketrans`.

use crate::eval::Outcome;
use crate::eval::cx::Cx;
use crate::eval::ops::{number, subscript};
use crate::objects::dict::Dict;
use crate::objects::str::Str;
use crate::refs::{Owned, Ref};
use crate::types::{TypeId, store};

fn code(cx: &Cx, c: char) -> Owned {
    cx.int(i64::from(u32::from(c)))
}

pub(super) fn translate(cx: &Cx, this: &Str, table: Ref<'_>) -> Outcome {
    let mut out = String::new();
    for c in this.as_str().chars() {
        match subscript::get(cx, table, code(cx, c).borrow()) {
            Ok(found) => put(cx, &mut out, found.borrow())?,
            Err(raised) if raised.is(cx, TypeId::LookupError) => out.push(c),
            Err(raised) => return Err(raised),
        }
    }
    Ok(cx.str(&out))
}

/// Writes what a table has for a character.
fn put(cx: &Cx, out: &mut String, found: Ref<'_>) -> Outcome<()> {
    if let Some(text) = found.downcast::<Str>() {
        out.push_str(text.as_str());
    } else if number::exact_integer(found).is_some() {
        let code = u32::try_from(number::index(cx, found)?).ok();
        match code.and_then(char::from_u32) {
            Some(c) => out.push(c),
            None => {
                return Err(cx.value_error("character mapping must be in range(0x110000)"));
            }
        }
    } else if !found.is_none() {
        return Err(cx.type_error("character mapping must return integer, None or str"));
    }
    Ok(())
}

pub(super) fn maketrans(cx: &Cx, x: Ref<'_>, y: Option<&Str>, z: Option<&Str>) -> Outcome {
    let made = cx.dict();
    let table = made.borrow().layout::<Dict>();
    match y {
        Some(y) => pairs(cx, table, x, y)?,
        None => mapping(cx, table, x)?,
    }
    for c in z.map_or("", Str::as_str).chars() {
        store::dict_set(cx, table, code(cx, c), Owned::NONE)?;
    }
    Ok(made)
}

fn pairs(cx: &Cx, table: &Dict, x: Ref<'_>, y: &Str) -> Outcome<()> {
    let Some(x) = x.downcast::<Str>() else {
        return Err(cx.type_error(
            "first maketrans argument must be a string if there is a second argument",
        ));
    };
    if x.len() != y.len() {
        return Err(cx.value_error("the first two maketrans arguments must have equal length"));
    }
    for (from, to) in x.as_str().chars().zip(y.as_str().chars()) {
        store::dict_set(cx, table, code(cx, from), code(cx, to))?;
    }
    Ok(())
}

fn mapping(cx: &Cx, table: &Dict, x: Ref<'_>) -> Outcome<()> {
    let Some(x) = x.downcast::<Dict>() else {
        return Err(cx.type_error("if you give only one argument to maketrans it must be a dict"));
    };
    for (key, value) in store::dict_entries(cx, x) {
        let key = match key.borrow().downcast::<Str>() {
            None => key,
            Some(text) if text.len() == 1 => {
                code(cx, text.as_str().chars().next().unwrap_or_default())
            }
            Some(_) => {
                return Err(cx.value_error("string keys in translate table must be of length 1"));
            }
        };
        store::dict_set(cx, table, key, value)?;
    }
    Ok(())
}
