//! Text of bytes, and bytes of text.

use crate::eval::Outcome;
use crate::eval::cx::Cx;
use crate::eval::ops::truth;
use crate::objects::str::Str;
use crate::refs::{Owned, Ref};
use crate::text::{hexadecimal, quote};
use crate::types::convert::Take;
use crate::types::str::decode as decode_text;

use super::{Buffer, data};

/// A string among the arguments, or what was given for it: the error says the name of the parameter.
#[derive(Clone, Copy)]
pub(crate) struct Text<'a>(Result<&'a str, Ref<'a>>);

impl<'a> Text<'a> {
    /// A default.
    pub(crate) fn of(text: &'a str) -> Self {
        Self(Ok(text))
    }

    /// The string.
    pub(crate) fn get(self, cx: &Cx, function: &str, name: &str) -> Outcome<&'a str> {
        self.0.map_err(|given| {
            let kind = cx.type_name(given);
            cx.type_error(format!(
                "{function}() argument '{name}' must be str, not {kind}"
            ))
        })
    }
}

impl<'a> Take<'a> for Text<'a> {
    fn take(_cx: &Cx, value: Ref<'a>) -> Outcome<Self> {
        Ok(Self(value.downcast::<Str>().map(Str::as_str).ok_or(value)))
    }
}

pub(crate) fn decode(cx: &Cx, this: Buffer<'_>, encoding: Text<'_>, errors: Text<'_>) -> Outcome {
    let encoding = encoding.get(cx, "decode", "encoding")?;
    let errors = errors.get(cx, "decode", "errors")?;
    let copied = this.read(<[u8]>::to_vec);
    decode_text(cx, &copied, Some(encoding), Some(errors))
}

/// The separator of `hex`.
pub(crate) struct Separator(Option<u8>);

impl Separator {
    /// None at all.
    pub(crate) const NONE: Self = Self(None);
}

impl<'a> Take<'a> for Separator {
    fn take(cx: &Cx, value: Ref<'a>) -> Outcome<Self> {
        if truth::len(cx, value)? != 1 {
            return Err(cx.value_error("sep must be length 1."));
        }
        let first = match (value.downcast::<Str>(), Buffer::of(value)) {
            (Some(text), _) => text.as_str().as_bytes().first().copied(),
            (_, Some(Buffer::Bytes(_, bytes))) => bytes.bytes.first().copied(),
            _ => return Err(cx.type_error("sep must be str or bytes.")),
        };
        match first.filter(u8::is_ascii) {
            Some(byte) => Ok(Self(Some(byte))),
            None => Err(cx.value_error("sep must be ASCII.")),
        }
    }
}

impl Separator {
    /// The text of some bytes in hexadecimal digits.
    pub(crate) fn write(&self, bytes: &[u8], group: i64) -> String {
        hexadecimal::write(bytes, self.0, group)
    }
}

pub(crate) fn hex(_cx: &Cx, this: Buffer<'_>, separator: Separator, group: i64) -> String {
    this.read(|bytes| separator.write(bytes, group))
}

/// The bytes that `fromhex` reads.
pub(crate) fn from_hex(cx: &Cx, given: Ref<'_>) -> Outcome<Vec<u8>> {
    let read = match given.downcast::<Str>() {
        Some(text) => hexadecimal::read(text.as_str().as_bytes()),
        None => match data(cx, given)? {
            Some(data) => hexadecimal::read(&data),
            None => {
                let kind = cx.type_name(given);
                return Err(cx.type_error(format!(
                    "fromhex() argument must be str or bytes-like, not {kind}"
                )));
            }
        },
    };
    read.map_err(|error| {
        let place = match (error, given.downcast::<Str>()) {
            (hexadecimal::Error::Odd, _) => {
                return cx.value_error(
                    "fromhex() arg must contain an even number of hexadecimal digits",
                );
            }
            (hexadecimal::Error::At(at), Some(text)) => text.as_str()[..at].chars().count(),
            (hexadecimal::Error::At(at), None) => at,
        };
        cx.value_error(format!(
            "non-hexadecimal number found in fromhex() arg at position {place}"
        ))
    })
}

/// `repr`
pub(crate) fn repr(cx: &Cx, this: Ref<'_>) -> Outcome {
    let shown = match Buffer::receiver(this) {
        Buffer::Bytes(_, bytes) => quote::of_bytes(&bytes.bytes),
        buffer @ Buffer::Array(_) => {
            let (name, copied) = (cx.type_name(this), buffer.read(<[u8]>::to_vec));
            quote::of_bytearray(&name, &copied)
        }
    };
    Ok(cx.str(&shown))
}

/// `format % values`
pub(crate) fn modulo(cx: &Cx, left: Ref<'_>, right: Ref<'_>) -> Outcome {
    let Some(format) = Buffer::of(left) else {
        return Ok(Owned::not_implemented());
    };
    let copied = format.read(<[u8]>::to_vec);
    let made = crate::types::str::printf::run(cx, &copied, crate::text::Unit::Byte, right)?;
    Ok(format.make(cx, made))
}
