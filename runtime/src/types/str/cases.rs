//! The methods of `str` about case and about what characters are.

use crate::eval::cx::Cx;
use crate::objects::str::Str;
use crate::refs::Owned;
use crate::text::unicode;

use super::wtf8;

macro_rules! cases {
    ($($name:ident)*) => {
        $(pub(super) fn $name(cx: &Cx, this: &Str) -> Owned {
            cx.wtf8(unicode::$name(wtf8(this)).as_bytes())
        })*
    };
}

macro_rules! questions {
    ($($name:ident $asks:ident)*) => {
        $(pub(super) fn $name(_cx: &Cx, this: &Str) -> bool {
            unicode::$asks(wtf8(this))
        })*
    };
}

cases! { capitalize casefold lower swapcase title upper }

questions! {
    isalnum is_alnum isalpha is_alpha isdecimal is_decimal isdigit is_digit isidentifier is_identifier
    islower is_lower isnumeric is_numeric isprintable is_printable isspace is_space istitle is_title
    isupper is_upper
}

pub(super) fn isascii(_cx: &Cx, this: &Str) -> bool {
    this.is_ascii()
}
