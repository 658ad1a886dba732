//! `set` and `frozenset`.
//!
//! Both are sets of the layer below; a frozenset is filled before other code can reach it, and never changes after.

mod iterator;
mod operations;
pub(crate) mod store;

use crate::compile::Comparison;
use crate::eval::cx::Cx;
use crate::eval::ops::text;
use crate::eval::{Args, Outcome};
use crate::objects::set::{FrozenSet, Set};
use crate::refs::{Owned, Ref};
use crate::sync::event;
use crate::types::args::Receiver;
use crate::types::class::Class;
use crate::types::class_getitem::class_getitem;
use crate::types::define::class;
use crate::types::{TypeId, args as arguments, exception};

pub(crate) use iterator::SET_ITERATOR;
use operations::{
    and, difference, difference_update, in_place_and, in_place_or, in_place_subtract, in_place_xor,
    intersection, intersection_update, is_disjoint, is_subset, is_superset, or, subtract,
    symmetric_difference, symmetric_difference_update, union, update, xor,
};

class! {
    pub(crate) SET: Set = "set" (Object) {
        with_weak;
        doc "Items without order, each once.";
        unhashable;
        slots {
            new: new, init: init, repr: repr, compare: compare, len: len, contains: contains,
            iter: iterator::iter, or: or, and: and, subtract: subtract, xor: xor,
            in_place_or: in_place_or, in_place_and: in_place_and,
            in_place_subtract: in_place_subtract, in_place_xor: in_place_xor,
        }
        /// The class with types for its items, as annotations have them.
        class __class_getitem__ as class_getitem(self, object, /);
        /// Put an item in; one that is there already changes nothing.
        method add as add_item(self, object, /);
        /// Become empty.
        method clear(self, /);
        /// A new set of the same items.
        method copy(self, /);
        /// Take an item out if it is there.
        method discard(self, object, /);
        /// The items that none of the others has.
        method difference(self, *others);
        /// Take out what one of the others has.
        method difference_update(self, *others);
        /// The items that all the others have too.
        method intersection(self, *others);
        /// Keep what all the others have too.
        method intersection_update(self, *others);
        /// Whether the two share no item.
        method isdisjoint as is_disjoint(self, other, /);
        /// Whether the other one has every item.
        method issubset as is_subset(self, other, /);
        /// Whether it has every item of the other one.
        method issuperset as is_superset(self, other, /);
        /// Take out some item.
        method pop(self, /);
        /// Take an item out; KeyError if it is not there.
        method remove(self, object, /);
        /// The items that one of the two has and the other has not.
        method symmetric_difference(self, other, /);
        /// Keep and take over what only one of the two has.
        method symmetric_difference_update(self, other, /);
        /// The items of all of them.
        method union(self, *others);
        /// Take over the items of all the others.
        method update(self, *others);
    }
}

class! {
    pub(crate) FROZEN_SET: FrozenSet = "frozenset" (Object) {
        with_weak;
        doc "Items without order, each once, for good.";
        slots {
            new: new_frozen, repr: repr, hash: hash, compare: compare, len: len, contains: contains,
            iter: iterator::iter, or: or, and: and, subtract: subtract, xor: xor,
        }
        /// The class with types for its items, as annotations have them.
        class __class_getitem__ as class_getitem(self, object, /);
        /// A new set of the same items.
        method copy as copy_frozen(self, /);
        /// The items that none of the others has.
        method difference(self, *others);
        /// The items that all the others have too.
        method intersection(self, *others);
        /// Whether the two share no item.
        method isdisjoint as is_disjoint(self, other, /);
        /// Whether the other one has every item.
        method issubset as is_subset(self, other, /);
        /// Whether it has every item of the other one.
        method issuperset as is_superset(self, other, /);
        /// The items that one of the two has and the other has not.
        method symmetric_difference(self, other, /);
        /// The items of all of them.
        method union(self, *others);
    }
}

/// A set or a frozenset as what both are inside.
#[inline]
pub(crate) fn any(value: Ref<'_>) -> Option<&Set> {
    let frozen = || value.downcast::<FrozenSet>().map(FrozenSet::as_set);
    value.downcast::<Set>().or_else(frozen)
}

/// The receiver of a slot.
fn of(this: Ref<'_>) -> &Set {
    any(this).expect("a slot gets objects of its class")
}

impl<'a> Receiver<'a> for &'a Set {
    #[inline]
    fn receive(value: Ref<'a>) -> Option<Self> {
        any(value)
    }
}

/// An empty set.
pub(crate) fn empty(cx: &Cx) -> Owned {
    store::new(cx)
}

/// All items of a set at one moment.
pub(crate) fn all(cx: &Cx, set: Ref<'_>) -> Vec<Owned> {
    any(set).map_or_else(Vec::new, |set| store::entries(cx, set))
}

/// Adds an item.
pub(crate) fn add(cx: &Cx, set: Ref<'_>, item: Ref<'_>) -> Outcome<()> {
    match any(set) {
        Some(set) => store::add(cx, set, item.own()).map(drop),
        None => Ok(()),
    }
}

/// Adds every item of an iterable.
pub(crate) fn update_from(cx: &Cx, set: Ref<'_>, source: Ref<'_>) -> Outcome<()> {
    match any(set) {
        Some(set) => operations::merge(cx, set, source),
        None => Ok(()),
    }
}

/// A frozenset of constants.
pub(crate) fn constant(cx: &Cx, items: impl Iterator<Item = Owned>) -> Owned {
    let made = store::new_frozen(cx);
    for item in items {
        // Constants have hashes.
        let _ = store::add(cx, of(made.borrow()), item);
    }
    made
}

fn new(cx: &Cx, class: &Class, _args: Args<'_>) -> Outcome {
    Ok(store::new_in(cx, class))
}

fn init(cx: &Cx, this: Ref<'_>, args: Args<'_>) -> Outcome<()> {
    arguments::only_iterable(cx, "set", args)?;
    let set = of(this);
    store::clear(cx, set);
    match args.get(0) {
        Some(source) => operations::merge(cx, set, source),
        None => Ok(()),
    }
}

fn new_frozen(cx: &Cx, class: &Class, args: Args<'_>) -> Outcome {
    let own_init = class.slot(|slots| slots.init.map(|init| init as usize))
        != cx
            .class(TypeId::FrozenSet)
            .slot(|slots| slots.init.map(|init| init as usize));
    let checked = match own_init {
        true => Args::positional(args.positional),
        false => args,
    };
    arguments::only_iterable(cx, "frozenset", checked)?;
    let source = args.get(0);
    if let Some(source) = source
        && class.is(TypeId::FrozenSet)
        && source.exact::<FrozenSet>().is_some()
    {
        return Ok(source.own());
    }
    let made = store::new_frozen_in(cx, class);
    if let Some(source) = source {
        operations::merge(cx, of(made.borrow()), source)?;
    }
    Ok(made)
}

fn repr(cx: &Cx, this: Ref<'_>) -> Outcome {
    let set = of(this);
    let name = cx.type_name(this);
    let items = store::entries(cx, set);
    if items.is_empty() {
        return Ok(cx.str(&format!("{name}()")));
    }
    let open = format!("{name}({{");
    let brackets = match this.exact::<Set>() {
        Some(_) => ("{", "}"),
        None => (&*open, "})"),
    };
    text::row(cx, this, brackets, &format!("{name}(...)"), |out| {
        text::join_reprs(cx, items.iter().map(Owned::borrow), out)
    })
}

fn hash(_cx: &Cx, this: Ref<'_>) -> Outcome<i64> {
    Ok(crate::objects::set::hash(of(this)))
}

fn compare(cx: &Cx, comparison: Comparison, left: Ref<'_>, right: Ref<'_>) -> Outcome {
    let (Some(left), Some(right)) = (any(left), any(right)) else {
        return Ok(Owned::not_implemented());
    };
    let result = match comparison {
        Comparison::Eq => store::equal(cx, left, right)?,
        Comparison::Ne => !store::equal(cx, left, right)?,
        Comparison::Le => store::is_subset(cx, left, right)?,
        Comparison::Ge => store::is_subset(cx, right, left)?,
        Comparison::Lt => store::is_proper_subset(cx, left, right)?,
        Comparison::Gt => store::is_proper_subset(cx, right, left)?,
    };
    Ok(Owned::bool(result))
}

fn len(_cx: &Cx, this: Ref<'_>) -> Outcome<usize> {
    event::glances(of(this), event::LENGTH);
    Ok(of(this).len())
}

fn contains(cx: &Cx, this: Ref<'_>, item: Ref<'_>) -> Outcome<bool> {
    with_key(cx, item, |key| store::contains(cx, of(this), key))
}

/// Looks for an item; a set, which has no hash, is looked for as a frozenset.
fn with_key<T>(cx: &Cx, item: Ref<'_>, look: impl Fn(Ref<'_>) -> Outcome<T>) -> Outcome<T> {
    match look(item) {
        Ok(found) => Ok(found),
        Err(raised) => match item.downcast::<Set>() {
            Some(set) if raised.is(cx, TypeId::TypeError) => {
                let frozen = store::copy_frozen(cx, set);
                look(frozen.borrow())
            }
            _ => Err(raised),
        },
    }
}

fn add_item(cx: &Cx, set: &Set, object: Owned) -> Outcome<()> {
    store::add(cx, set, object).map(drop)
}

fn clear(cx: &Cx, set: &Set) {
    store::clear(cx, set);
}

fn copy(cx: &Cx, set: &Set) -> Owned {
    store::copy(cx, set)
}

fn copy_frozen(cx: &Cx, this: Ref<'_>) -> Owned {
    match this.exact::<FrozenSet>() {
        Some(_) => this.own(),
        None => store::copy_frozen(cx, of(this)),
    }
}

fn discard(cx: &Cx, set: &Set, object: Ref<'_>) -> Outcome<()> {
    with_key(cx, object, |key| store::discard(cx, set, key)).map(drop)
}

fn remove(cx: &Cx, set: &Set, object: Ref<'_>) -> Outcome<()> {
    match with_key(cx, object, |key| store::discard(cx, set, key))? {
        true => Ok(()),
        false => Err(exception::key_error(cx, object)),
    }
}

fn pop(cx: &Cx, set: &Set) -> Outcome {
    store::pop(cx, set).ok_or_else(|| cx.error(TypeId::KeyError, "pop from an empty set"))
}
