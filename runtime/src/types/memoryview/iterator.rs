//! The iterator of a view.

use crate::eval::Outcome;
use crate::eval::cx::Cx;
use crate::refs::{Owned, Ref};
use crate::sync::atomic::{AtomicI64, Ordering};
use crate::sync::event;
use crate::types::TypeId;
use crate::types::define::class;
use crate::types::iterator::itself;
use crate::types::payload::{self, Boxed, payload};

use super::{index, open};

/// An iterator over the items of a view of one dimension; the position is negative at its end.
pub(crate) struct MemoryIterator {
    view: Owned,
    position: AtomicI64,
}

payload!(
    MemoryIterator as MemoryIterator,
    "memory_iterator",
    |this, visit| { visit(this.view.borrow()) }
);

class! {
    pub(crate) MEMORY_ITERATOR: Boxed<MemoryIterator> = "memory_iterator" (Object) {
        sealed;
        slots { iter: itself, next: next }
    }
}

/// `iter(view)`
pub(super) fn iter(cx: &Cx, this: Ref<'_>) -> Outcome {
    let dimensions = open(cx, this)?.layout.dimensions();
    match dimensions {
        0 => return Err(cx.type_error("invalid indexing of 0-dim memory")),
        1 => {}
        _ => {
            let message = "multi-dimensional sub-views are not implemented";
            return Err(cx.error(TypeId::NotImplementedError, message));
        }
    }
    let iterator = MemoryIterator {
        view: this.own(),
        position: AtomicI64::new("position", 0),
    };
    Ok(payload::new(cx, iterator))
}

fn next(cx: &Cx, this: Ref<'_>) -> Outcome<Option<Owned>> {
    let iterator = this.payload::<MemoryIterator>().expect("an iterator");
    event::reads(&raw const iterator.position, None);
    // ORDERING: relaxed: the position alone says nothing about other memory.
    let position = iterator.position.load(Ordering::Relaxed);
    if position < 0 {
        return Ok(None);
    }
    let view = iterator.view.borrow();
    let found = match open(cx, view)?.layout.shape.first() {
        Some(&len) if (position as usize) < len => {
            let key = cx.int(position);
            Some(index::get_item(cx, view, key.borrow())?)
        }
        _ => None,
    };
    let next = if found.is_some() { position + 1 } else { -1 };
    event::writes(&raw const iterator.position, None);
    // ORDERING: relaxed: as above.
    iterator.position.store(next, Ordering::Relaxed);
    Ok(found)
}
