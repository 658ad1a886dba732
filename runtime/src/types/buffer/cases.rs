//! Letters and fillings.

use crate::eval::Outcome;
use crate::eval::cx::Cx;
use crate::refs::{Owned, Ref};
use crate::text::{Unit, ascii, search};

use super::{Buffer, Data};

/// Where the code of this folder says that text is in bytes.
pub(super) const BYTES: Unit = Unit::Byte;

macro_rules! made {
    ($($name:ident $makes:ident;)*) => {
        $(pub(crate) fn $name(cx: &Cx, this: Buffer<'_>) -> Owned {
            this.map(cx, ascii::$makes)
        })*
    };
}

macro_rules! questions {
    ($($name:ident $asks:ident;)*) => {
        $(pub(crate) fn $name(_cx: &Cx, this: Buffer<'_>) -> bool {
            this.read(ascii::$asks)
        })*
    };
}

made! {
    capitalize capitalize;
    lower lower;
    swapcase swap_case;
    title title;
    upper upper;
}

questions! {
    isalnum is_alnum;
    isalpha is_alpha;
    isascii is_ascii;
    isdigit is_digit;
    islower is_lower;
    isspace is_space;
    istitle is_title;
    isupper is_upper;
}

/// A width, of which a negative one is none.
fn width(cx: &Cx, size: i64) -> Outcome<usize> {
    let width = usize::try_from(size).unwrap_or(0);
    cx.room_for(Some(width))?;
    Ok(width)
}

/// The filling of a padding.
fn fill(cx: &Cx, name: &str, given: Ref<'_>) -> Outcome<u8> {
    let Some(given) = given.not_none() else {
        return Ok(b' ');
    };
    let only = |bytes: &[u8]| match bytes {
        [byte] => Some(*byte),
        _ => None,
    };
    match Buffer::of(given).and_then(|given| given.read(only)) {
        Some(byte) => Ok(byte),
        None => {
            let kind = cx.type_name(given);
            Err(cx.type_error(format!(
                "{name}() argument 2 must be a byte string of length 1, not {kind}"
            )))
        }
    }
}

macro_rules! paddings {
    ($($name:ident $pads:ident;)*) => {
        $(pub(crate) fn $name(cx: &Cx, this: Buffer<'_>, size: i64, given: Ref<'_>) -> Outcome {
            let (size, fill) = (width(cx, size)?, [fill(cx, stringify!($name), given)?]);
            Ok(this.map(cx, |text| search::$pads(text, size, &fill, BYTES)))
        })*
    };
}

paddings! {
    center center;
    ljust justify_left;
    rjust justify_right;
}

pub(crate) fn zfill(cx: &Cx, this: Buffer<'_>, size: i64) -> Outcome {
    let size = width(cx, size)?;
    Ok(this.map(cx, |text| search::zero_fill(text, size, BYTES)))
}

pub(crate) fn expandtabs(cx: &Cx, this: Buffer<'_>, size: i64) -> Outcome {
    let size = usize::try_from(size).unwrap_or(0);
    let tabs = this.read(|text| memchr::memchr_iter(b'\t', text).count());
    cx.room_for(size.checked_mul(tabs))?;
    Ok(this.map(cx, |text| search::expand_tabs(text, size, BYTES)))
}

/// Which ends are stripped.
type Ends = (bool, bool);

fn strip_ends(cx: &Cx, this: Buffer<'_>, given: Option<Data<'_>>, ends: Ends) -> Owned {
    let kept = |text: &[u8]| {
        let range = match &given {
            Some(set) => search::strip_set(text, set, ends.0, ends.1, BYTES),
            None => search::strip(text, ends.0, ends.1, BYTES),
        };
        (range.len() < text.len()).then(|| text[range].to_vec())
    };
    match this.read(kept) {
        Some(kept) => this.make(cx, kept),
        None => this.same(cx),
    }
}

pub(crate) fn strip(cx: &Cx, this: Buffer<'_>, given: Option<Data<'_>>) -> Owned {
    strip_ends(cx, this, given, (true, true))
}

pub(crate) fn lstrip(cx: &Cx, this: Buffer<'_>, given: Option<Data<'_>>) -> Owned {
    strip_ends(cx, this, given, (true, false))
}

pub(crate) fn rstrip(cx: &Cx, this: Buffer<'_>, given: Option<Data<'_>>) -> Owned {
    strip_ends(cx, this, given, (false, true))
}

pub(crate) fn removeprefix(cx: &Cx, this: Buffer<'_>, prefix: Data<'_>) -> Owned {
    let kept = this.read(|text| text.strip_prefix(&*prefix).map(<[u8]>::to_vec));
    kept.map_or_else(|| this.same(cx), |kept| this.make(cx, kept))
}

pub(crate) fn removesuffix(cx: &Cx, this: Buffer<'_>, suffix: Data<'_>) -> Owned {
    let kept = this.read(|text| text.strip_suffix(&*suffix).map(<[u8]>::to_vec));
    kept.map_or_else(|| this.same(cx), |kept| this.make(cx, kept))
}
