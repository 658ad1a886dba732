//! `_functools`: what `functools`, which is written in Python, is made of.

use crate::eval::Outcome;
use crate::eval::cx::Cx;
use crate::refs::{Owned, Ref};
use crate::types::args::Given;
use crate::types::define::module;
use crate::types::functools;

module! {
    pub(crate) FUNCTOOLS = "_functools" {
        doc "Functions that make others, or keep what they gave.";
        types { KeyWrapper, LruCache, Partial, PlaceholderType }
        constant Placeholder = functools::placeholder;
        /// A function whose results sort as the comparison function says.
        static cmp_to_key(mycmp);
        /// What the function makes of the first two items, then of that and the third one, and so on.
        static reduce(function, iterable, /, initial = Given::MISSING);
    }
}

fn cmp_to_key(cx: &Cx, compare: Owned) -> Owned {
    functools::key_of(cx, compare)
}

fn reduce(cx: &Cx, function: Ref<'_>, iterable: Ref<'_>, initial: Given<'_>) -> Outcome {
    functools::reduce(cx, function, iterable, initial)
}
