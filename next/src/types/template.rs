//! Template strings (PEP 750).

use crate::eval::cx::Cx;
use crate::refs::Owned;

/// `Interpolation(value, expression, conversion, format_spec)`
pub(crate) fn interpolation(
    cx: &Cx,
    value: Owned,
    text: Owned,
    conversion: Owned,
    specification: Owned,
) -> Owned {
    cx.tuple(vec![value, text, conversion, specification])
}

/// `Template` of strings and interpolations.
pub(crate) fn template(cx: &Cx, strings: Owned, interpolations: Owned) -> Owned {
    cx.tuple(vec![strings, interpolations])
}
