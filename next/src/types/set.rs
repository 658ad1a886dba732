//! `set` and `frozenset`.

use crate::eval::Outcome;
use crate::eval::cx::Cx;
use crate::objects::Value;
use crate::refs::{Owned, Ref};
use crate::types::TypeId;
use crate::types::define::class;
use crate::types::object::Instance;

class! {
    pub(crate) SET: Instance = "set" (Object) {}
}

class! {
    pub(crate) FROZEN_SET: Instance = "frozenset" (Object) {}
}

/// An empty set.
pub(crate) fn empty(cx: &Cx) -> Owned {
    super::object::instance(cx, cx.class(TypeId::Set))
}

/// Adds an item.
pub(crate) fn add(cx: &Cx, _set: Ref<'_>, _item: Ref<'_>) -> Outcome<()> {
    Err(cx.error(TypeId::SystemError, "sets are being written"))
}

/// A frozenset of constants.
pub(crate) fn constant(cx: &Cx, _items: &[Value]) -> Owned {
    super::object::instance(cx, cx.class(TypeId::FrozenSet))
}
