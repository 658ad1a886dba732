//! Iterators over numbered items.

use crate::eval::cx::Cx;
use crate::refs::{Owned, Ref};
use crate::sync::atomic::AtomicI64;
use crate::types::define::class;
use crate::types::payload::{self, Boxed, payload};

/// An iterator over what `__getitem__` gives for 0, 1, ...
pub(crate) struct ItemIterator {
    pub(crate) source: Owned,
    pub(crate) position: AtomicI64,
}

payload!(ItemIterator as ItemIterator, "iterator", |this, visit| {
    visit(this.source.borrow())
});

class! {
    pub(crate) ITEM_ITERATOR: Boxed<ItemIterator> = "iterator" (Object) {
        sealed;
    }
}

/// An iterator over the items of a sequence that has nothing but `__getitem__`.
pub(crate) fn over_items(cx: &Cx, source: Ref<'_>) -> Owned {
    let position = AtomicI64::new("position", 0);
    payload::new(
        cx,
        ItemIterator {
            source: source.own(),
            position,
        },
    )
}
