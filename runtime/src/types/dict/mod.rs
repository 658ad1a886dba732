//! `dict`.

mod iterator;
mod views;

use crate::compile::Comparison;
use crate::eval::cx::Cx;
use crate::eval::ops::iterate::Container;
use crate::eval::ops::{attribute, compare, iterate, subscript, text};
use crate::eval::{Args, Outcome};
use crate::objects::dict::Dict;
use crate::refs::{Owned, Ref};
use crate::sync::event;
use crate::types::class::Class;
use crate::types::class_getitem::class_getitem;
use crate::types::define::class;
use crate::types::slots::Unary;
use crate::types::{TypeId, exception, store};

pub(crate) use iterator::*;
pub(crate) use views::{ITEMS, KEYS, VALUES, View, viewed};

class! {
    pub(crate) DICT: Dict = "dict" (Object) {
        doc "Keys with a value each, in the order in which the keys came.";
        unhashable;
        slots {
            new: new, init: init, repr: repr, compare: compare_dicts, len: len, contains: contains,
            get_item: get_item, set_item: set_item, iter: iter, or: or, in_place_or: in_place_or,
        }
        /// The class with types for its items, as annotations have them.
        class __class_getitem__ as class_getitem(self, object, /);
        /// The value of key, or default where there is none.
        method get(self, key, default = Ref::NONE, /);
        /// The value of key, after default was put in where there was none.
        method setdefault(self, key, default = Owned::NONE, /);
        /// Without the key the result is default; without that too, KeyError.
        method pop(self, key, /, *default);
        /// A view of the keys that follows the dict.
        method keys(self, /);
        /// A view of the values that follows the dict.
        method values(self, /);
        /// A view of the pairs that follows the dict.
        method items(self, /);
        /// The keys, the newest first.
        method __reversed__ as reversed(self, /);
        /// Take out the newest pair.
        method popitem as pop_item(self, /);
        /// Become empty.
        method clear(self, /);
        /// A new dict with the same keys and values.
        method copy(self, /);
        /// Take over the pairs of a mapping or iterable, then the keywords.
        method update(self, *args, **kwds);
        /// A dict with these keys, all of one value.
        class fromkeys as from_keys(self, iterable, value = Ref::NONE, /);
    }
}

fn of(this: Ref<'_>) -> &Dict {
    this.layout::<Dict>()
}

fn new(cx: &Cx, class: &Class, _args: Args<'_>) -> Outcome {
    Ok(store::dict_in(cx, class))
}

fn init(cx: &Cx, this: Ref<'_>, args: Args<'_>) -> Outcome<()> {
    fill(cx, "dict", this, args)
}

/// Puts in what the arguments of `dict` and `update` name.
pub(crate) fn fill(cx: &Cx, name: &str, this: Ref<'_>, args: Args<'_>) -> Outcome<()> {
    if args.positional.len() > 1 {
        let given = args.positional.len();
        return Err(cx.type_error(format!("{name} expected at most 1 argument, got {given}")));
    }
    if let Some(source) = args.get(0) {
        merge(cx, of(this), source)?;
    }
    for (name, value) in args.names.iter().zip(args.keywords) {
        store::dict_set(cx, of(this), name.own(), value.own())?;
    }
    Ok(())
}

/// Puts in the pairs of a mapping or of an iterable of pairs.
fn merge(cx: &Cx, dict: &Dict, source: Ref<'_>) -> Outcome<()> {
    if let Some(other) = plain(cx, source) {
        return store::dict_update(cx, dict, other);
    }
    if let Some(keys) = attribute::find(cx, source, cx.world().names.keys())? {
        let keys = cx.call(keys.borrow(), Args::NONE)?;
        return iterate::each(cx, keys.borrow(), |key| {
            let value = subscript::get(cx, source, key.borrow())?;
            store::dict_set(cx, dict, key, value)
        });
    }
    let mut index = 0;
    iterate::each(cx, source, |pair| {
        let [key, value] = split(cx, pair.borrow(), index)?;
        index += 1;
        store::dict_set(cx, dict, key, value)
    })
}

/// A dict that shows its own keys when it is iterated over.
fn plain<'a>(cx: &Cx, source: Ref<'a>) -> Option<&'a Dict> {
    let is_own = |slot: Unary| std::ptr::fn_addr_eq(slot, iter as Unary);
    let class = cx.class_of(source);
    let iterates = class.slot(|slots| slots.iter.is_some_and(is_own));
    source.downcast::<Dict>().filter(|_| iterates)
}

fn split(cx: &Cx, pair: Ref<'_>, index: usize) -> Outcome<[Owned; 2]> {
    let wrong = format!("cannot convert dictionary update sequence element #{index} to a sequence");
    let parts = iterate::collect(cx, pair).map_err(|raised| raised.instead(cx, &wrong))?;
    <[Owned; 2]>::try_from(parts).map_err(|parts| {
        let len = parts.len();
        cx.value_error(format!(
            "dictionary update sequence element #{index} has length {len}; 2 is required"
        ))
    })
}

pub(crate) fn repr(cx: &Cx, this: Ref<'_>) -> Outcome {
    let pairs = store::dict_entries(cx, of(this));
    text::row(cx, this, ("{", "}"), "{...}", |out| {
        for (index, (key, value)) in pairs.iter().enumerate() {
            if index > 0 {
                out.push_str(", ");
            }
            out.push_str(&text::repr_text(cx, key.borrow())?);
            out.push_str(": ");
            out.push_str(&text::repr_text(cx, value.borrow())?);
        }
        Ok(())
    })
}

fn compare_dicts(cx: &Cx, comparison: Comparison, left: Ref<'_>, right: Ref<'_>) -> Outcome {
    let (Some(one), Some(other)) = (left.downcast::<Dict>(), right.downcast::<Dict>()) else {
        return Ok(Owned::not_implemented());
    };
    match comparison {
        Comparison::Eq => equal(cx, one, other).map(Owned::bool),
        Comparison::Ne => equal(cx, one, other).map(|equal| Owned::bool(!equal)),
        _ => Ok(Owned::not_implemented()),
    }
}

/// Whether two dicts have the same keys at one moment of both, with the same values.
fn equal(cx: &Cx, one: &Dict, other: &Dict) -> Outcome<bool> {
    let Some(pairs) = store::dict_pairs(cx, one, other)? else {
        return Ok(false);
    };
    for (ours, theirs) in pairs {
        if !cx.nested_in(compare::PLACE, || {
            compare::same(cx, ours.borrow(), theirs.borrow())
        })? {
            return Ok(false);
        }
    }
    Ok(true)
}

fn len(_cx: &Cx, this: Ref<'_>) -> Outcome<usize> {
    event::glances(of(this), event::LENGTH);
    Ok(of(this).len())
}

fn contains(cx: &Cx, this: Ref<'_>, key: Ref<'_>) -> Outcome<bool> {
    store::dict_contains(cx, of(this), key)
}

fn get_item(cx: &Cx, this: Ref<'_>, key: Ref<'_>) -> Outcome {
    if let Some(value) = store::dict_get(cx, of(this), key)? {
        return Ok(value);
    }
    if this.exact::<Dict>().is_none()
        && let Some(missing) = attribute::special(cx, this, cx.world().names.missing())?
    {
        return cx.call(missing.borrow(), Args::positional(&[key]));
    }
    Err(exception::key_error(cx, key))
}

fn set_item(cx: &Cx, this: Ref<'_>, key: Ref<'_>, value: Option<Ref<'_>>) -> Outcome<()> {
    match value {
        Some(value) => store::dict_set(cx, of(this), key.own(), value.own()),
        None if store::dict_delete(cx, of(this), key)? => Ok(()),
        None => Err(exception::key_error(cx, key)),
    }
}

fn iter(cx: &Cx, this: Ref<'_>) -> Outcome {
    Ok(iterator::over(cx, TypeId::DictKeyIterator, this))
}

fn reversed(cx: &Cx, this: Ref<'_>) -> Owned {
    iterator::over(cx, TypeId::DictReverseKeyIterator, this)
}

fn keys(cx: &Cx, this: Ref<'_>) -> Owned {
    views::of_dict(cx, TypeId::DictKeys, this)
}

fn values(cx: &Cx, this: Ref<'_>) -> Owned {
    views::of_dict(cx, TypeId::DictValues, this)
}

fn items(cx: &Cx, this: Ref<'_>) -> Owned {
    views::of_dict(cx, TypeId::DictItems, this)
}

fn or(cx: &Cx, left: Ref<'_>, right: Ref<'_>) -> Outcome {
    let (Some(left), Some(right)) = (left.downcast::<Dict>(), right.downcast::<Dict>()) else {
        return Ok(Owned::not_implemented());
    };
    store::dict_union(cx, left, right)
}

fn in_place_or(cx: &Cx, this: Ref<'_>, other: Ref<'_>) -> Outcome {
    merge(cx, of(this), other)?;
    Ok(this.own())
}

fn get(cx: &Cx, dict: &Dict, key: Ref<'_>, default: Ref<'_>) -> Outcome {
    let found = store::dict_get(cx, dict, key)?;
    Ok(found.unwrap_or_else(|| default.own()))
}

fn setdefault(cx: &Cx, dict: &Dict, key: Owned, default: Owned) -> Outcome {
    store::dict_setdefault(cx, dict, key, default)
}

fn pop(cx: &Cx, dict: &Dict, key: Ref<'_>, default: Ref<'_>) -> Outcome {
    let default = iterate::collect(cx, default)?;
    if default.len() > 1 {
        let given = default.len() + 1;
        return Err(cx.type_error(format!("pop expected at most 2 arguments, got {given}")));
    }
    match store::dict_pop(cx, dict, key)? {
        Some(value) => Ok(value),
        None => match default.into_iter().next() {
            Some(default) => Ok(default),
            None => Err(exception::key_error(cx, key)),
        },
    }
}

fn pop_item(cx: &Cx, dict: &Dict) -> Outcome {
    match store::dict_pop_item(cx, dict) {
        Some((key, value)) => Ok(cx.tuple(vec![key, value])),
        None => {
            let message = cx.str("popitem(): dictionary is empty");
            Err(exception::key_error(cx, message.borrow()))
        }
    }
}

fn clear(cx: &Cx, dict: &Dict) {
    store::dict_clear(cx, dict);
}

fn copy(cx: &Cx, dict: &Dict) -> Owned {
    store::dict_copy(cx, dict)
}

fn update(cx: &Cx, this: Ref<'_>, args: Ref<'_>, keywords: Ref<'_>) -> Outcome<()> {
    crate::types::collected::with_collected(cx, args, keywords, |args| {
        fill(cx, "update", this, args)
    })
}

fn from_keys(cx: &Cx, class: Ref<'_>, iterable: Ref<'_>, value: Ref<'_>) -> Outcome {
    let made = cx.call(class, Args::NONE)?;
    let is_plain = made.borrow().exact::<Dict>().is_some();
    if let Some(source) = iterate::container(cx, iterable)
        .filter(|source| is_plain && matches!(source, Container::Dict(_) | Container::Set(_)))
    {
        for key in iterate::contents(cx, source) {
            store::dict_set(cx, of(made.borrow()), key, value.own())?;
        }
        return Ok(made);
    }
    iterate::each(cx, iterable, |key| {
        subscript::set(cx, made.borrow(), key.borrow(), value)
    })?;
    Ok(made)
}
