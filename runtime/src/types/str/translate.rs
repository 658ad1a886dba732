//! `str.translate` and `str.maketrans`.

use crate::eval::Outcome;
use crate::eval::cx::Cx;
use crate::eval::ops::{number, subscript};
use crate::objects::dict::Dict;
use crate::objects::str::Str;
use crate::refs::{Owned, Ref};
use crate::text::{CodePoint, Wtf8Buf};
use crate::types::{TypeId, store};

use super::wtf8;

fn code(cx: &Cx, point: CodePoint) -> Owned {
    cx.int(i64::from(point.to_u32()))
}

pub(super) fn translate(cx: &Cx, this: &Str, table: Ref<'_>) -> Outcome {
    let mut out = Wtf8Buf::with_capacity(this.as_bytes().len());
    for point in wtf8(this).code_points() {
        match subscript::get(cx, table, code(cx, point).borrow()) {
            Ok(found) => put(cx, &mut out, found.borrow())?,
            Err(raised) if raised.is(cx, TypeId::LookupError) => out.push(point),
            Err(raised) => return Err(raised),
        }
    }
    Ok(cx.wtf8(out.as_bytes()))
}

/// Writes what a table has for a character.
fn put(cx: &Cx, out: &mut Wtf8Buf, found: Ref<'_>) -> Outcome<()> {
    if let Some(text) = found.downcast::<Str>() {
        out.push_wtf8(wtf8(text));
    } else if number::exact_integer(found).is_some() {
        let code = u32::try_from(number::index(cx, found)?).ok();
        match code.and_then(CodePoint::from_u32) {
            Some(point) => out.push(point),
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
    for point in z.into_iter().flat_map(|z| wtf8(z).code_points()) {
        store::dict_set(cx, table, code(cx, point), Owned::NONE)?;
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
    for (from, to) in wtf8(x).code_points().zip(wtf8(y).code_points()) {
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
            None if number::is_integer(key.borrow()) => key,
            None => {
                let message = "keys in translate table must be strings or integers";
                return Err(cx.type_error(message));
            }
            Some(text) if text.len() == 1 => {
                let point = wtf8(text).code_points().next();
                point.map_or(Owned::NONE, |point| code(cx, point))
            }
            Some(_) => {
                return Err(cx.value_error("string keys in translate table must be of length 1"));
            }
        };
        store::dict_set(cx, table, key, value)?;
    }
    Ok(())
}
