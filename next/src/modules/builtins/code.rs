//! Functions that see the running code, or run code.

use crate::eval::cx::Cx;
use crate::eval::{Outcome, locals as names};
use crate::refs::Owned;

pub(super) fn globals(cx: &Cx) -> Owned {
    cx.globals()
}

pub(super) fn locals(cx: &Cx) -> Outcome {
    names::current(cx)
}
