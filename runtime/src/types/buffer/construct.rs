//! What `bytes(..)` and `bytearray(..)` make of their arguments.

use crate::eval::cx::Cx;
use crate::eval::ops::{attribute, iterate, number};
use crate::eval::{Args, Outcome};
use crate::objects::str::Str;
use crate::refs::Ref;
use crate::types::TypeId;
use crate::types::bytes::Bytes;
use crate::types::str::{arguments, encode};

use super::data;

/// What is being made, for the words of its errors.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Source {
    Bytes,
    Array,
}

impl Source {
    fn name(self) -> &'static str {
        match self {
            Self::Bytes => "bytes",
            Self::Array => "bytearray",
        }
    }

    /// Who must be in range.
    fn one(self) -> &'static str {
        match self {
            Self::Bytes => "bytes",
            Self::Array => "byte",
        }
    }
}

/// A number as a byte.
pub(crate) fn byte(cx: &Cx, value: Ref<'_>) -> Outcome<u8> {
    u8::try_from(number::clamped(cx, value)?)
        .map_err(|_| cx.value_error("byte must be in range(0, 256)"))
}

/// The bytes of an object's `__bytes__`, if it has one.
pub(super) fn by_method(cx: &Cx, value: Ref<'_>) -> Outcome<Option<Vec<u8>>> {
    let Some(method) = attribute::special(cx, value, cx.world().names.bytes())? else {
        return Ok(None);
    };
    let made = cx.call(method.borrow(), Args::NONE)?;
    match made.borrow().payload::<Bytes>() {
        Some(made) => Ok(Some(made.bytes.to_vec())),
        None => {
            let kind = cx.type_name(made.borrow());
            Err(cx.type_error(format!("__bytes__ returned non-bytes (type {kind})")))
        }
    }
}

/// The bytes that the arguments of a constructor say.
pub(crate) fn source(cx: &Cx, what: Source, args: Args<'_>) -> Outcome<Vec<u8>> {
    let name = what.name();
    let names = ["source", "encoding", "errors"];
    let [object, encoding, errors] = arguments(cx, name, names, args)?;
    let words = |given: Option<Ref<'_>>, place: &str| match given {
        None => Ok(None),
        Some(given) => match given.downcast::<Str>() {
            Some(text) => Ok(Some(text.as_str().to_owned())),
            None => {
                let kind = cx.type_name(given);
                Err(cx.type_error(format!(
                    "{name}() argument '{place}' must be str, not {kind}"
                )))
            }
        },
    };
    let (encoding, errors) = (words(encoding, "encoding")?, words(errors, "errors")?);
    let text = object.and_then(|object| object.downcast::<Str>());
    match (text, &encoding, &errors) {
        (Some(text), Some(_), _) => encode(cx, text, encoding.as_deref(), errors.as_deref()),
        (None, Some(_), _) => Err(cx.type_error("encoding without a string argument")),
        (None, None, Some(_)) => Err(cx.type_error("errors without a string argument")),
        (Some(_), None, _) => Err(cx.type_error("string argument without an encoding")),
        (None, None, None) => match object {
            Some(object) => of_object(cx, what, object),
            None => Ok(Vec::new()),
        },
    }
}

fn of_object(cx: &Cx, what: Source, object: Ref<'_>) -> Outcome<Vec<u8>> {
    if what == Source::Bytes
        && let Some(made) = by_method(cx, object)?
    {
        return Ok(made);
    }
    if number::is_index(cx, object) {
        match number::index(cx, object) {
            Ok(count) => return zeros(cx, count),
            Err(raised) if raised.is(cx, TypeId::TypeError) => {}
            Err(raised) => return Err(raised),
        }
    }
    collect(cx, what, object)
}

fn zeros(cx: &Cx, count: i64) -> Outcome<Vec<u8>> {
    let Ok(count) = usize::try_from(count) else {
        return Err(cx.value_error("negative count"));
    };
    cx.room_for(Some(count))?;
    Ok(vec![0; count])
}

/// The bytes of a bytes-like object or of an iterable of numbers.
pub(crate) fn collect(cx: &Cx, what: Source, object: Ref<'_>) -> Outcome<Vec<u8>> {
    if let Some(data) = data(cx, object)? {
        return Ok(data.0.into_owned());
    }
    let iterator = match iterate::iter(cx, object) {
        Ok(iterator) => iterator,
        Err(raised) if raised.is(cx, TypeId::TypeError) => {
            let (kind, name) = (cx.type_name(object), what.name());
            return Err(cx.type_error(format!("cannot convert '{kind}' object to {name}")));
        }
        Err(raised) => return Err(raised),
    };
    let mut made = Vec::new();
    while let Some(item) = iterate::next(cx, iterator.borrow())? {
        let number = number::clamped(cx, item.borrow())?;
        match u8::try_from(number) {
            Ok(byte) => made.push(byte),
            Err(_) => {
                let one = what.one();
                return Err(cx.value_error(format!("{one} must be in range(0, 256)")));
            }
        }
    }
    Ok(made)
}
