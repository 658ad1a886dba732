//! `tuple`.

use crate::compile::Comparison;
use crate::eval::cx::Cx;
use crate::eval::ops::{compare, iterate, number, text};
use crate::eval::{Args, Outcome};
use crate::objects::tuple::Tuple;
use crate::refs::{Owned, Ref, items};
use crate::types::class::Class;
use crate::types::class_getitem::class_getitem;
use crate::types::define::class;
use crate::types::slice::Slice;
use crate::types::{TypeId, args as arguments, iterator, list, store};

class! {
    pub(crate) TUPLE: Tuple = "tuple" (Object) {
        doc "A sequence that cannot change.\n\nWithout an argument it is empty; an iterable gives its items. A tuple gives itself.";
        slots {
            new: new, repr: repr, hash: hash, compare: compare_tuples, len: len, contains: contains,
            get_item: get_item, iter: iter, add: add, multiply: multiply,
        }
        /// The class with types for its items, as annotations have them.
        class __class_getitem__ as class_getitem(self, object, /);
        /// How many items equal value.
        method count(self, value, /);
        /// Where the first item stands that equals value.
        method index(self, value, start = Ref::NONE, stop = Ref::NONE, /);
        method __getnewargs__ as new_args(self, /);
    }
}

fn row(this: Ref<'_>) -> &[Ref<'_>] {
    this.downcast::<Tuple>().map_or(&[][..], items)
}

fn new(cx: &Cx, class: &Class, args: Args<'_>) -> Outcome {
    if class.is(TypeId::Tuple) {
        arguments::only_iterable(cx, "tuple", args)?;
    }
    let Some(source) = args.get(0) else {
        return Ok(store::tuple_in(cx, class, Vec::new()));
    };
    if class.is(TypeId::Tuple) && source.exact::<Tuple>().is_some() {
        return Ok(source.own());
    }
    let items = iterate::collect(cx, source)?;
    Ok(store::tuple_in(cx, class, items))
}

fn repr(cx: &Cx, this: Ref<'_>) -> Outcome {
    let items = row(this);
    let close = if items.len() == 1 { ",)" } else { ")" };
    text::row(cx, this, ("(", close), "(...)", |out| {
        text::join_reprs(cx, items.iter().copied(), out)
    })
}

fn hash(cx: &Cx, this: Ref<'_>) -> Outcome<i64> {
    cx.lift(crate::objects::compare::hash_by_layout(cx.ts, this.value()))
}

fn compare_tuples(cx: &Cx, comparison: Comparison, left: Ref<'_>, right: Ref<'_>) -> Outcome {
    match (left.downcast::<Tuple>(), right.downcast::<Tuple>()) {
        (Some(left), Some(right)) => compare::rows(cx, comparison, items(left), items(right)),
        _ => Ok(Owned::not_implemented()),
    }
}

fn len(_cx: &Cx, this: Ref<'_>) -> Outcome<usize> {
    Ok(row(this).len())
}

fn contains(cx: &Cx, this: Ref<'_>, item: Ref<'_>) -> Outcome<bool> {
    for &one in row(this) {
        if compare::same(cx, one, item)? {
            return Ok(true);
        }
    }
    Ok(false)
}

fn get_item(cx: &Cx, this: Ref<'_>, key: Ref<'_>) -> Outcome {
    let items = row(this);
    if let Some(slice) = key.payload::<Slice>() {
        let selected = number::select(cx, list::parts(slice), items.len())?;
        let whole = selected.count == items.len() && selected.step == 1;
        if whole && cx.class_of(this).is(TypeId::Tuple) {
            return Ok(this.own());
        }
        return Ok(cx.tuple(selected.positions().map(|at| items[at].own()).collect()));
    }
    let index = list::position(cx, "tuple", key)?;
    let index = if index < 0 {
        index + items.len() as i64
    } else {
        index
    };
    match usize::try_from(index)
        .ok()
        .and_then(|index| items.get(index))
    {
        Some(item) => Ok(item.own()),
        None => Err(cx.index_error("tuple index out of range")),
    }
}

fn iter(cx: &Cx, this: Ref<'_>) -> Outcome {
    Ok(iterator::over(cx, TypeId::TupleIterator, this, 0))
}

fn add(cx: &Cx, left: Ref<'_>, right: Ref<'_>) -> Outcome {
    match (left.downcast::<Tuple>(), right.downcast::<Tuple>()) {
        (Some(left), Some(right)) => {
            let all = items(left).iter().chain(items(right));
            Ok(cx.tuple(all.map(|item| item.own()).collect()))
        }
        (Some(_), None) => list::not_concatenated(cx, "tuple", right),
        _ => Ok(Owned::not_implemented()),
    }
}

fn multiply(cx: &Cx, left: Ref<'_>, right: Ref<'_>) -> Outcome {
    let (this, count) = match left.downcast::<Tuple>() {
        Some(_) => (left, right),
        None => (right, left),
    };
    let Some(count) = list::repetitions(cx, row(this).len(), count)? else {
        return Ok(Owned::not_implemented());
    };
    if count == 1 && cx.class_of(this).is(TypeId::Tuple) {
        return Ok(this.own());
    }
    let all = (0..count).flat_map(|_| row(this).iter().map(|item| item.own()));
    Ok(cx.tuple(all.collect()))
}

fn count(cx: &Cx, this: &Tuple, value: Ref<'_>) -> Outcome<usize> {
    let mut count = 0;
    for &item in items(this) {
        count += usize::from(compare::same(cx, item, value)?);
    }
    Ok(count)
}

fn index(cx: &Cx, this: &Tuple, value: Ref<'_>, start: Ref<'_>, stop: Ref<'_>) -> Outcome<usize> {
    let items = items(this);
    for at in list::range(cx, items.len(), start, stop)? {
        if compare::same(cx, items[at], value)? {
            return Ok(at);
        }
    }
    Err(cx.value_error("tuple.index(x): x not in tuple"))
}

fn new_args(cx: &Cx, this: &Tuple) -> Owned {
    let same = cx.tuple(items(this).iter().map(|item| item.own()).collect());
    cx.tuple(vec![same])
}
