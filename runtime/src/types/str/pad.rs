//! The methods of `str` that fill up.

use super::CHARS;
use crate::eval::Outcome;
use crate::eval::cx::Cx;
use crate::objects::str::Str;
use crate::refs::Ref;
use crate::text::{Unit, search};
use crate::types::args::Given;

/// The filling of a padding.
fn fill<'a>(cx: &Cx, given: Option<Ref<'a>>) -> Outcome<&'a [u8]> {
    let Some(given) = given else {
        return Ok(b" ");
    };
    match given.downcast::<Str>() {
        Some(fill) if fill.len() == 1 => Ok(fill.as_bytes()),
        Some(_) => Err(cx.type_error("The fill character must be exactly one character long")),
        None => {
            let kind = cx.type_name(given);
            Err(cx.type_error(format!(
                "The fill character must be a unicode character, not {kind}"
            )))
        }
    }
}

/// A width: negative is none.
fn width(cx: &Cx, size: i64) -> Outcome<usize> {
    let width = usize::try_from(size).unwrap_or(0);
    cx.room_for(width.checked_mul(4))?;
    Ok(width)
}

/// Pads a string, which stays itself when it is wide enough.
fn padded(
    cx: &Cx,
    this: Ref<'_>,
    size: i64,
    fill: &[u8],
    pad: fn(&[u8], usize, &[u8], Unit) -> Vec<u8>,
) -> Outcome {
    let string = this.layout::<Str>();
    if size <= string.len() as i64 {
        return Ok(super::exact(cx, this));
    }
    let made = pad(string.as_bytes(), width(cx, size)?, fill, CHARS);
    Ok(cx.wtf8(&made))
}

/// Declares the methods that take a width and a filling.
macro_rules! paddings {
    ($($name:ident $pad:ident)*) => {
        $(pub(super) fn $name(
            cx: &Cx,
            this: Ref<'_>,
            size: i64,
            given: Given<'_>,
        ) -> Outcome {
            padded(cx, this, size, fill(cx, given.0)?, search::$pad)
        })*
    };
}

paddings! {
    center center
    ljust justify_left
    rjust justify_right
}

pub(super) fn zfill(cx: &Cx, this: Ref<'_>, size: i64) -> Outcome {
    padded(cx, this, size, b"0", |text, width, _, unit| {
        search::zero_fill(text, width, unit)
    })
}

pub(super) fn expandtabs(cx: &Cx, this: &Str, size: i32) -> Outcome {
    let tabs = this.as_bytes().iter().filter(|byte| **byte == b'\t');
    let size = usize::try_from(size).unwrap_or(0);
    let room = tabs.count().checked_mul(size);
    cx.room_for(room.and_then(|room| room.checked_add(this.as_bytes().len())))?;
    let made = search::expand_tabs(this.as_bytes(), size, CHARS);
    Ok(cx.wtf8(&made))
}
