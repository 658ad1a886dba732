//! `dict_keys`, `dict_values` and `dict_items`.

use crate::compile::Comparison;
use crate::eval::cx::Cx;
use crate::eval::ops::{compare, iterate, subscript, text, truth};
use crate::eval::{Args, Outcome};
use crate::objects::dict::Dict;
use crate::objects::tuple::Tuple;
use crate::refs::{Owned, Ref, items};
use crate::sync::event;
use crate::types::define::class;
use crate::types::payload::{self, Boxed, payload};
use crate::types::{TypeId, mapping_proxy, set, store};

use super::iterator;

/// What a view shows of a dict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum View {
    Keys,
    Values,
    Items,
}

/// A view of a dict.
pub(crate) struct DictView {
    dict: Owned,
}

payload!(DictView as DictKeys, "dict view", |this, visit| visit(
    this.dict.borrow()
));

class! {
    pub(crate) KEYS: Boxed<DictView> = "dict_keys" (Object) {
        sealed;
        unhashable;
        slots {
            repr: repr, len: len, iter: iter_keys, contains: contains_key, compare: compare_views,
            and: and, or: or, xor: xor, subtract: subtract,
        }
        /// The dict that is viewed.
        get mapping;
        /// Whether the view and the iterable share no item.
        method isdisjoint as is_disjoint(self, other, /);
        /// The keys, the newest first.
        method __reversed__ as reversed_keys(self, /);
    }
}

class! {
    pub(crate) VALUES: Boxed<DictView> = "dict_values" (Object) {
        sealed;
        slots { repr: repr, len: len, iter: iter_values }
        /// The dict that is viewed.
        get mapping;
        /// The values, the newest first.
        method __reversed__ as reversed_values(self, /);
    }
}

class! {
    pub(crate) ITEMS: Boxed<DictView> = "dict_items" (Object) {
        sealed;
        unhashable;
        slots {
            repr: repr, len: len, iter: iter_items, contains: contains_item, compare: compare_views,
            and: and, or: or, xor: xor, subtract: subtract,
        }
        /// The dict that is viewed.
        get mapping;
        /// Whether the view and the iterable share no item.
        method isdisjoint as is_disjoint(self, other, /);
        /// The pairs, the newest first.
        method __reversed__ as reversed_items(self, /);
    }
}

/// A view of one of the classes here.
pub(super) fn of_dict(cx: &Cx, sort: TypeId, dict: Ref<'_>) -> Owned {
    let view = DictView { dict: dict.own() };
    payload::new_in(cx, cx.class(sort), view)
}

fn dict_of(this: Ref<'_>) -> Ref<'_> {
    let view = this.payload::<DictView>().expect("a view");
    view.dict.borrow()
}

/// The dict of a view, and what is shown of it.
pub(crate) fn viewed<'a>(cx: &Cx, value: Ref<'a>) -> Option<(Ref<'a>, View)> {
    let view = value.payload::<DictView>()?;
    let class = cx.class_of(value);
    let sort = match () {
        () if class.is(TypeId::DictKeys) => View::Keys,
        () if class.is(TypeId::DictValues) => View::Values,
        () => View::Items,
    };
    Some((view.dict.borrow(), sort))
}

fn repr(cx: &Cx, this: Ref<'_>) -> Outcome {
    let start = format!("{}([", cx.type_name(this));
    let all = iterate::row(cx, this)?;
    text::row(cx, this, (&start, "])"), "...", |out| {
        text::join_reprs(cx, all.iter().map(Owned::borrow), out)
    })
}

fn len(_cx: &Cx, this: Ref<'_>) -> Outcome<usize> {
    let dict = super::of(dict_of(this));
    event::glances(dict, event::LENGTH);
    Ok(dict.len())
}

macro_rules! ways {
    ($($name:ident $sort:ident;)*) => {
        $(fn $name(cx: &Cx, this: Ref<'_>) -> Outcome {
            Ok(iterator::over(cx, TypeId::$sort, dict_of(this)))
        })*
    };
}

ways! {
    iter_keys DictKeyIterator;
    iter_values DictValueIterator;
    iter_items DictItemIterator;
    reversed_keys DictReverseKeyIterator;
    reversed_values DictReverseValueIterator;
    reversed_items DictReverseItemIterator;
}

fn contains_key(cx: &Cx, this: Ref<'_>, key: Ref<'_>) -> Outcome<bool> {
    store::dict_contains(cx, super::of(dict_of(this)), key)
}

fn contains_item(cx: &Cx, this: Ref<'_>, item: Ref<'_>) -> Outcome<bool> {
    let Some([key, value]) = item.downcast::<Tuple>().map(items) else {
        return Ok(false);
    };
    match store::dict_get(cx, super::of(dict_of(this)), *key)? {
        Some(found) => compare::same(cx, found.borrow(), *value),
        None => Ok(false),
    }
}

/// Whether a value is a set, or a view that is like one.
fn is_like_set(cx: &Cx, value: Ref<'_>) -> bool {
    let class = cx.class_of(value);
    set::any(value).is_some() || class.is(TypeId::DictKeys) || class.is(TypeId::DictItems)
}

fn compare_views(cx: &Cx, comparison: Comparison, left: Ref<'_>, right: Ref<'_>) -> Outcome {
    if !is_like_set(cx, right) {
        return Ok(Owned::not_implemented());
    }
    let (ours, theirs) = (truth::len(cx, left)?, truth::len(cx, right)?);
    let holds = match comparison {
        Comparison::Eq => ours == theirs && has_all(cx, right, left)?,
        Comparison::Ne => !(ours == theirs && has_all(cx, right, left)?),
        Comparison::Lt => ours < theirs && has_all(cx, right, left)?,
        Comparison::Le => ours <= theirs && has_all(cx, right, left)?,
        Comparison::Gt => ours > theirs && has_all(cx, left, right)?,
        Comparison::Ge => ours >= theirs && has_all(cx, left, right)?,
    };
    Ok(Owned::bool(holds))
}

/// Whether a container has every item of another.
fn has_all(cx: &Cx, container: Ref<'_>, other: Ref<'_>) -> Outcome<bool> {
    let iterator = iterate::iter(cx, other)?;
    while let Some(item) = iterate::next(cx, iterator.borrow())? {
        if !subscript::contains(cx, container, item.borrow())? {
            return Ok(false);
        }
    }
    Ok(true)
}

fn is_disjoint(cx: &Cx, this: Ref<'_>, other: Ref<'_>) -> Outcome<bool> {
    let iterator = iterate::iter(cx, other)?;
    while let Some(item) = iterate::next(cx, iterator.borrow())? {
        if subscript::contains(cx, this, item.borrow())? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// A set with the items of the left side, changed by a method with those of the right side.
fn combined(cx: &Cx, left: Ref<'_>, change: &str, right: Ref<'_>) -> Outcome {
    // The keys of a plain dict are had at one moment, as CPython has them.
    let source = match viewed(cx, left) {
        Some((dict, View::Keys)) if dict.exact::<Dict>().is_some() => dict,
        _ => left,
    };
    let class = cx.class(TypeId::Set).as_ref();
    let made = cx.call(class, Args::positional(&[source]))?;
    cx.call_method(made.borrow(), change, &[right])?;
    Ok(made)
}

fn and(cx: &Cx, left: Ref<'_>, right: Ref<'_>) -> Outcome {
    combined(cx, left, "intersection_update", right)
}

fn or(cx: &Cx, left: Ref<'_>, right: Ref<'_>) -> Outcome {
    combined(cx, left, "update", right)
}

fn xor(cx: &Cx, left: Ref<'_>, right: Ref<'_>) -> Outcome {
    combined(cx, left, "symmetric_difference_update", right)
}

fn subtract(cx: &Cx, left: Ref<'_>, right: Ref<'_>) -> Outcome {
    combined(cx, left, "difference_update", right)
}

fn mapping(cx: &Cx, this: &DictView) -> Owned {
    mapping_proxy::new(cx, this.dict.clone())
}
