//! `string.templatelib`

use crate::eval::Outcome;
use crate::eval::cx::Cx;
use crate::eval::ops::text;
use crate::refs::Ref;
use crate::types::define::module;

module! {
    pub(crate) TEMPLATELIB = "string.templatelib" {
        doc "What t-strings are made of.";
        types { Template, Interpolation }
        /// Apply a conversion of a replacement field: "s", "r", "a", or None for none.
        static convert(obj, /, conversion);
    }
}

fn convert(cx: &Cx, obj: Ref<'_>, conversion: Option<Ref<'_>>) -> Outcome {
    match conversion.map(|letter| cx.text_of(letter)) {
        None => Ok(obj.own()),
        Some("s") => text::str(cx, obj),
        Some("r") => text::repr(cx, obj),
        Some("a") => text::ascii(cx, obj),
        Some(other) => Err(cx.value_error(format!("invalid conversion specifier: {other}"))),
    }
}
