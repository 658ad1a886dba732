//! Iterators over numbered items: of lists and tuples, and of what has nothing but `__getitem__`.

use crate::eval::Outcome;
use crate::eval::cx::Cx;
use crate::eval::ops::{attribute, subscript, truth};
use crate::objects::list::List;
use crate::objects::position::Position;
use crate::objects::tuple::Tuple;
use crate::refs::{Owned, Ref, items};
use crate::types::TypeId;
use crate::types::define::class;
use crate::types::payload::{self, Boxed, payload};
use crate::types::slots::Dunder;
use crate::types::store;

/// An iterator over what `__getitem__` gives for 0, 1, ...; the position is negative at its end.
pub(crate) struct ItemIterator {
    source: Owned,
    position: Position,
}

payload!(ItemIterator as ItemIterator, "iterator", |this, visit| {
    visit(this.source.borrow())
});

class! {
    pub(crate) ITEM_ITERATOR: Boxed<ItemIterator> = "iterator" (Object) {
        sealed;
        slots { iter: itself, next: next_item }
        /// How many items are left, as far as is known.
        method __length_hint__ as length_hint(self, /);
        /// What pickle needs to make it again.
        method __reduce__ as reduce(self, /);
        /// Take the state that pickle has kept.
        method __setstate__ as set_state(self, object, /);
    }
}

class! {
    pub(crate) LIST_ITERATOR: Boxed<ItemIterator> = "list_iterator" (Object) {
        sealed;
        slots { iter: itself, next: next_of_list }
        /// How many items are left, as far as is known.
        method __length_hint__ as length_hint(self, /);
        /// What pickle needs to make it again.
        method __reduce__ as reduce(self, /);
        /// Take the state that pickle has kept.
        method __setstate__ as set_state(self, object, /);
    }
}

class! {
    pub(crate) LIST_REVERSE_ITERATOR: Boxed<ItemIterator> = "list_reverseiterator" (Object) {
        sealed;
        slots { iter: itself, next: next_of_reversed }
        /// How many items are left, as far as is known.
        method __length_hint__ as reversed_hint(self, /);
        /// What pickle needs to make it again.
        method __reduce__ as reduce(self, /);
        /// Take the state that pickle has kept.
        method __setstate__ as set_state(self, object, /);
    }
}

class! {
    pub(crate) TUPLE_ITERATOR: Boxed<ItemIterator> = "tuple_iterator" (Object) {
        sealed;
        slots { iter: itself, next: next_of_tuple }
        /// How many items are left, as far as is known.
        method __length_hint__ as length_hint(self, /);
        /// What pickle needs to make it again.
        method __reduce__ as reduce(self, /);
        /// Take the state that pickle has kept.
        method __setstate__ as set_state(self, object, /);
    }
}

impl Cx<'_> {
    /// An iterator over the items of a sequence that has nothing but `__getitem__`.
    pub(crate) fn over_items(&self, source: Ref<'_>) -> Owned {
        over(self, TypeId::ItemIterator, source, 0)
    }
}

/// An iterator of one of the classes here.
pub(crate) fn over(cx: &Cx, sort: TypeId, source: Ref<'_>, start: i64) -> Owned {
    let iterator = ItemIterator {
        source: source.own(),
        position: Position::new(start),
    };
    payload::new_in(cx, cx.class(sort), iterator)
}

/// `iter(iterator)`
pub(crate) fn itself(_cx: &Cx, this: Ref<'_>) -> Outcome {
    Ok(this.own())
}

/// Takes a step of `by`, unless the iterator is at its end.
fn step(
    cx: &Cx,
    this: Ref<'_>,
    by: i64,
    item: impl FnOnce(Ref<'_>, i64) -> Outcome<Option<Owned>>,
) -> Outcome<Option<Owned>> {
    let (Some(iterator), Some(header)) = (this.payload::<ItemIterator>(), this.header()) else {
        return Ok(None);
    };
    let Some(position) = iterator.position.take(cx.ts, header, by) else {
        return Ok(None);
    };
    let found = item(iterator.source.borrow(), position);
    match &found {
        Ok(Some(_)) => {}
        Ok(None) => iterator.position.end(),
        Err(_) => iterator.position.give_back(position, by),
    }
    found
}

fn next_item(cx: &Cx, this: Ref<'_>) -> Outcome<Option<Owned>> {
    step(cx, this, 1, |source, position| {
        let index = cx.int(position);
        match subscript::get(cx, source, index.borrow()) {
            Ok(item) => Ok(Some(item)),
            Err(raised)
                if raised.is(cx, TypeId::IndexError) || raised.is(cx, TypeId::StopIteration) =>
            {
                Ok(None)
            }
            Err(raised) => Err(raised),
        }
    })
}

fn list_item(cx: &Cx, source: Ref<'_>, position: i64) -> Option<Owned> {
    let list = source.downcast::<List>()?;
    store::list_get(cx, list, position)
}

fn next_of_list(cx: &Cx, this: Ref<'_>) -> Outcome<Option<Owned>> {
    step(cx, this, 1, |source, position| {
        Ok(list_item(cx, source, position))
    })
}

fn next_of_reversed(cx: &Cx, this: Ref<'_>) -> Outcome<Option<Owned>> {
    step(cx, this, -1, |source, position| {
        Ok(list_item(cx, source, position))
    })
}

fn next_of_tuple(cx: &Cx, this: Ref<'_>) -> Outcome<Option<Owned>> {
    step(cx, this, 1, |source, position| {
        let tuple = source.downcast::<Tuple>().map_or(&[][..], items);
        Ok(tuple.get(position as usize).map(|item| item.own()))
    })
}

/// What is left; not implemented for a sequence that does not know its length.
fn length_hint(cx: &Cx, this: &ItemIterator) -> Outcome {
    let position = this.position.get();
    if position < 0 {
        return Ok(cx.int(0));
    }
    let source = this.source.borrow();
    let len = match (source.downcast::<List>(), source.downcast::<Tuple>()) {
        (Some(list), _) => list.len(),
        (_, Some(tuple)) => tuple.items().len(),
        _ if !subscript::has(cx, source, Dunder::Len) => return Ok(Owned::not_implemented()),
        _ => truth::len(cx, source)?,
    };
    Ok(cx.int((len as i64 - position).max(0)))
}

fn reversed_hint(_cx: &Cx, this: &ItemIterator) -> i64 {
    let position = this.position.get();
    position + 1
}

/// What makes the iterator anew: `iter`, or `reversed` for one that goes backwards, and where it is.
fn reduce(cx: &Cx, this: Ref<'_>) -> Outcome {
    let iterator = this.payload::<ItemIterator>().expect("an iterator");
    let position = iterator.position.get();
    let goes_back = cx.class_of(this).is(TypeId::ListReverseIterator);
    let name = if goes_back && position >= 0 {
        "reversed"
    } else {
        "iter"
    };
    let found = attribute::in_dict(cx, cx.world().builtins(), cx.intern(name))?;
    let function = found.unwrap_or(Owned::NONE);
    if position < 0 {
        let nothing = match cx.class_of(this).is(TypeId::ListIterator) || goes_back {
            true => cx.list(Vec::new()),
            false => cx.tuple(Vec::new()),
        };
        return Ok(cx.tuple(vec![function, cx.tuple(vec![nothing])]));
    }
    let args = cx.tuple(vec![iterator.source.clone()]);
    Ok(cx.tuple(vec![function, args, cx.int(position)]))
}

fn set_state(_cx: &Cx, this: &ItemIterator, position: i64) {
    this.position.move_to(position.max(0));
}
