//! What coroutines and asynchronous generators give to be awaited.

use crate::eval::Outcome;
use crate::eval::cx::Cx;
use crate::refs::{Owned, Ref};

/// `coroutine.__await__()`
pub(crate) fn of_coroutine(_cx: &Cx, coroutine: Ref<'_>) -> Outcome {
    Ok(coroutine.own())
}

/// Marks what an asynchronous generator yields.
pub(crate) fn wrap(_cx: &Cx, value: Owned) -> Owned {
    value
}
