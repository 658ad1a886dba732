//! `__class_getitem__` of the built-in classes that have it.

use crate::eval::cx::Cx;
use crate::refs::{Owned, Ref};

/// `list[int]`
pub(crate) fn class_getitem(cx: &Cx, class: Ref<'_>, item: Ref<'_>) -> Owned {
    cx.generic_alias(class, item)
}
