//! Iterators over bytes, one class for each type that has them.

use crate::eval::Outcome;
use crate::eval::cx::Cx;
use crate::refs::{Owned, Ref};
use crate::sync::atomic::{AtomicI64, Ordering};
use crate::sync::event;
use crate::types::TypeId;
use crate::types::define::class;
use crate::types::iterator::itself;
use crate::types::payload::{self, Boxed, payload};

use super::{Buffer, offset};

/// An iterator over bytes; the position is negative at its end.
pub(crate) struct ByteIterator {
    source: Owned,
    position: AtomicI64,
}

payload!(
    ByteIterator as BytesIterator,
    "bytes_iterator",
    |this, visit| { visit(this.source.borrow()) }
);

class! {
    pub(crate) BYTES_ITERATOR: Boxed<ByteIterator> = "bytes_iterator" (Object) {
        sealed;
        slots { iter: itself, next: next }
        /// How many items are left, as far as is known.
        method __length_hint__ as length_hint(self, /);
    }
}

class! {
    pub(crate) BYTEARRAY_ITERATOR: Boxed<ByteIterator> = "bytearray_iterator" (Object) {
        sealed;
        slots { iter: itself, next: next }
        /// How many items are left, as far as is known.
        method __length_hint__ as length_hint(self, /);
    }
}

/// `iter(buffer)`
pub(crate) fn iter(cx: &Cx, this: Ref<'_>) -> Outcome {
    let class = match Buffer::receiver(this) {
        Buffer::Bytes(..) => TypeId::BytesIterator,
        Buffer::Array(_) => TypeId::BytearrayIterator,
    };
    let iterator = ByteIterator {
        source: this.own(),
        position: AtomicI64::new("position", 0),
    };
    Ok(payload::new_in(cx, cx.class(class), iterator))
}

fn next(cx: &Cx, this: Ref<'_>) -> Outcome<Option<Owned>> {
    let iterator = this.payload::<ByteIterator>().expect("an iterator");
    event::reads(&raw const iterator.position, None);
    // ORDERING: relaxed: the position alone says nothing about other memory.
    let position = iterator.position.load(Ordering::Relaxed);
    if position < 0 {
        return Ok(None);
    }
    let source = Buffer::receiver(iterator.source.borrow());
    let found = source.read(|bytes| offset(position, bytes.len()).map(|at| bytes[at]));
    let next = if found.is_some() { position + 1 } else { -1 };
    event::writes(&raw const iterator.position, None);
    // ORDERING: relaxed: as above.
    iterator.position.store(next, Ordering::Relaxed);
    Ok(found.map(|byte| cx.int(i64::from(byte))))
}

fn length_hint(_cx: &Cx, this: &ByteIterator) -> i64 {
    // ORDERING: relaxed: as in `next`.
    let position = this.position.load(Ordering::Relaxed);
    let len = Buffer::receiver(this.source.borrow()).len();
    match position {
        0.. => (len as i64 - position).max(0),
        _ => 0,
    }
}
