//! Exception groups.

use crate::eval::Outcome;
use crate::eval::cx::Cx;
use crate::refs::{Owned, Ref};

/// What an `except*` clause makes of an exception: the part that it does not catch, and the one that it does.
pub(crate) fn match_clause(cx: &Cx, value: Ref<'_>, class: Ref<'_>) -> Outcome<(Owned, Owned)> {
    match super::matches(cx, value, class)? {
        true => Ok((Owned::NONE, value.own())),
        false => Ok((value.own(), Owned::NONE)),
    }
}

/// What an `except*` raises at its end.
pub(crate) fn reraise(_cx: &Cx, _original: Ref<'_>, _raised: Ref<'_>) -> Outcome {
    Ok(Owned::NONE)
}
