//! `_functools`: results that are kept, calls with arguments given before, comparisons as keys.

mod cmp_to_key;
mod lru_cache;
mod partial;

pub(crate) use cmp_to_key::{KEY_WRAPPER, key_of};
pub(crate) use lru_cache::LRU_CACHE;
pub(crate) use partial::{PARTIAL, PLACEHOLDER, placeholder};

use crate::eval::cx::Cx;
use crate::eval::ops::iterate;
use crate::eval::{Args, Outcome};
use crate::refs::Ref;
use crate::types::TypeId;
use crate::types::args::Given;

/// `functools.reduce`
pub(crate) fn reduce(cx: &Cx, function: Ref<'_>, iterable: Ref<'_>, initial: Given<'_>) -> Outcome {
    let iterator = match iterate::iter(cx, iterable) {
        Err(raised) if raised.is(cx, TypeId::TypeError) => {
            return Err(cx.type_error("reduce() arg 2 must support iteration"));
        }
        iterator => iterator?,
    };
    let mut result = initial.0.map(Ref::own);
    while let Some(item) = iterate::next(cx, iterator.borrow())? {
        result = Some(match result {
            None => item,
            Some(result) => {
                let both = [result.borrow(), item.borrow()];
                cx.call(function, Args::positional(&both))?
            }
        });
    }
    result.ok_or_else(|| cx.type_error("reduce() of empty iterable with no initial value"))
}
