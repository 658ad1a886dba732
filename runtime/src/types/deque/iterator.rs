//! The two iterators of a deque, which end when somebody changes it.

use super::{of, own};
use crate::eval::cx::Cx;
use crate::eval::{Args, Outcome};
use crate::objects::deque::{self as ring, Changed, Deque};
use crate::objects::position::Position;
use crate::refs::{Owned, Ref};
use crate::types::TypeId;
use crate::types::class::Class;
use crate::types::define::{Function, class, function};
use crate::types::iterator::itself;
use crate::types::itertools::construct;
use crate::types::payload::{self, Boxed, payload};

/// The items from one end to the other.
pub(crate) struct DequeIterator {
    deque: Owned,
    /// The version that the deque must have.
    version: u64,
    len: usize,
    /// How many items there were.
    position: Position,
}

payload!(
    DequeIterator as DequeIterator,
    "deque iterator",
    |this, visit| {
        visit(this.deque.borrow());
    }
);

class! {
    pub(crate) ITERATOR: Boxed<DequeIterator> = "_deque_iterator" (Object) {
        module "collections";
        sealed;
        slots { new: new, iter: itself, next: next }
        /// How many items are left.
        method __length_hint__ as length_hint(self, /);
        /// What pickle needs to make it again.
        method __reduce__ as reduce(self, /);
    }
}

class! {
    pub(crate) REVERSE_ITERATOR: Boxed<DequeIterator> = "_deque_reverse_iterator" (Object) {
        module "collections";
        sealed;
        slots { new: new_reversed, iter: itself, next: next_reversed }
        /// How many items are left.
        method __length_hint__ as length_hint(self, /);
        /// What pickle needs to make it again.
        method __reduce__ as reduce(self, /);
    }
}

fn over(cx: &Cx, sort: TypeId, deque: Ref<'_>, start: i64) -> Owned {
    let iterator = DequeIterator {
        version: ring::version(cx.ts, of(deque)),
        len: of(deque).len(),
        deque: deque.own(),
        position: Position::new(start),
    };
    payload::new_in(cx, cx.class(sort), iterator)
}

pub(super) fn iter(cx: &Cx, this: Ref<'_>) -> Outcome {
    Ok(over(cx, TypeId::DequeIterator, this, 0))
}

pub(super) fn reversed(cx: &Cx, this: Ref<'_>) -> Owned {
    over(cx, TypeId::DequeReverseIterator, this, 0)
}

const MAKE: Function = function!(true, "_deque_iterator", "", make, (self, deque, index = 0, /));

fn new(cx: &Cx, class: &Class, args: Args<'_>) -> Outcome {
    construct(cx, &MAKE, class, args)
}

fn new_reversed(cx: &Cx, class: &Class, args: Args<'_>) -> Outcome {
    construct(cx, &MAKE, class, args)
}

fn make(cx: &Cx, class: &Class, deque: Ref<'_>, index: i64) -> Outcome {
    if deque.downcast::<Deque>().is_none() {
        let kind = cx.type_name(deque);
        return Err(cx.type_error(format!("argument 1 must be collections.deque, not {kind}")));
    }
    let start = index.clamp(0, of(deque).len() as i64);
    Ok(over(cx, class.id, deque, start))
}

fn step(
    cx: &Cx,
    this: Ref<'_>,
    place: impl FnOnce(&DequeIterator, usize) -> usize,
) -> Outcome<Option<Owned>> {
    let (Some(iterator), Some(header)) = (this.payload::<DequeIterator>(), this.header()) else {
        return Ok(None);
    };
    let deque = of(iterator.deque.borrow());
    if ring::version(cx.ts, deque) != iterator.version {
        iterator.position.end();
        return Err(super::mutated(cx));
    }
    let taken = iterator.position.take(cx.ts, header, 1);
    let Some(index) = taken.filter(|index| (*index as usize) < iterator.len) else {
        iterator.position.end();
        return Ok(None);
    };
    let place = place(iterator, index as usize);
    match ring::get_unchanged(cx.ts, deque, iterator.version, place) {
        Ok(item) => Ok(item.map(own)),
        Err(Changed) => {
            iterator.position.end();
            Err(super::mutated(cx))
        }
    }
}

fn next(cx: &Cx, this: Ref<'_>) -> Outcome<Option<Owned>> {
    step(cx, this, |_, index| index)
}

fn next_reversed(cx: &Cx, this: Ref<'_>) -> Outcome<Option<Owned>> {
    step(cx, this, |iterator, index| iterator.len - 1 - index)
}

fn length_hint(_cx: &Cx, this: &DequeIterator) -> i64 {
    match this.position.get() {
        ended if ended < 0 => 0,
        position => this.len as i64 - position,
    }
}

fn reduce(cx: &Cx, this: Ref<'_>) -> Outcome {
    let iterator = this
        .payload::<DequeIterator>()
        .expect("an iterator of a deque");
    let class = cx.class_of(this).as_ref().own();
    let position = iterator.position.get();
    let index = if position < 0 {
        iterator.len as i64
    } else {
        position
    };
    let args = cx.tuple(vec![iterator.deque.clone(), cx.int(index)]);
    Ok(cx.tuple(vec![class, args]))
}
