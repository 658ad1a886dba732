//! What the sets below do, with owned references.

use crate::eval::Outcome;
use crate::eval::cx::Cx;
use crate::objects::dict::Dict;
use crate::objects::hooks::Error;
use crate::objects::locked_both;
use crate::objects::set::{self, Cursor, Set};
use crate::objects::value::Value;
use crate::refs::{Owned, Ref, from_values};
use crate::types::TypeId;
use crate::types::class::Class;

/// A new reference that the layer below gave.
#[inline]
fn own(value: Value) -> Owned {
    // SAFETY: every function here passes what `objects` documents as a new reference.
    unsafe { Owned::from_value(value) }
}

/// An empty set.
pub(crate) fn new(cx: &Cx) -> Owned {
    own(set::new(cx.ts))
}

/// An empty frozenset, to be filled before other code can reach it.
pub(crate) fn new_frozen(cx: &Cx) -> Owned {
    own(set::new_frozen(cx.ts))
}

/// An empty set of a class that has the layout.
pub(crate) fn new_in(cx: &Cx, class: &Class) -> Owned {
    match class.is(TypeId::Set) {
        true => new(cx),
        // SAFETY: the class is borrowed, and its layout is a set's.
        false => own(unsafe { set::new_in(cx.ts, class.head()) }),
    }
}

/// An empty frozenset of a class that has the layout, to be filled as that of [`new_frozen`].
pub(crate) fn new_frozen_in(cx: &Cx, class: &Class) -> Owned {
    match class.is(TypeId::FrozenSet) {
        true => new_frozen(cx),
        // SAFETY: as above.
        false => own(unsafe { set::new_frozen_in(cx.ts, class.head()) }),
    }
}

/// Whether a set has a key.
#[inline]
pub(crate) fn contains(cx: &Cx, set: &Set, key: Ref<'_>) -> Outcome<bool> {
    cx.lift(set::contains(cx.ts, set, key.value()))
}

/// Adds a key; says whether the set did not have it.
#[inline]
pub(crate) fn add(cx: &Cx, set: &Set, key: Owned) -> Outcome<bool> {
    cx.lift(set::add(cx.ts, set, key.into_value()))
}

/// Removes a key; says whether the set had it.
pub(crate) fn discard(cx: &Cx, set: &Set, key: Ref<'_>) -> Outcome<bool> {
    cx.lift(set::discard(cx.ts, set, key.value()))
}

/// Takes some key out.
pub(crate) fn pop(cx: &Cx, set: &Set) -> Option<Owned> {
    set::pop(cx.ts, set).map(own)
}

/// Removes every key.
pub(crate) fn clear(cx: &Cx, set: &Set) {
    set::clear(cx.ts, set);
}

/// A set with the same keys.
pub(crate) fn copy(cx: &Cx, set: &Set) -> Owned {
    own(set::copy(cx.ts, set))
}

/// A frozenset with the same keys.
pub(crate) fn copy_frozen(cx: &Cx, set: &Set) -> Owned {
    own(set::copy_frozen(cx.ts, set))
}

/// Adds every key of another set.
pub(crate) fn update(cx: &Cx, set: &Set, source: &Set) -> Outcome<()> {
    cx.lift(set::update(cx.ts, set, source))
}

/// Makes room for so many more keys.
pub(crate) fn reserve(cx: &Cx, set: &Set, more: usize) {
    set::reserve(cx.ts, set, more);
}

/// Gives a set the keys of another in place of its own.
pub(crate) fn replace(cx: &Cx, set: &Set, source: &Set) {
    set::replace(cx.ts, set, source);
}

/// All keys at one moment.
pub(crate) fn entries(cx: &Cx, set: &Set) -> Vec<Owned> {
    // SAFETY: they are new references.
    unsafe { from_values(set::entries(cx.ts, set)) }
}

/// Whether two sets have the same keys.
pub(crate) fn equal(cx: &Cx, left: &Set, right: &Set) -> Outcome<bool> {
    cx.nested(|| cx.lift(set::equal(cx.ts, left, right)))
}

/// Whether `right` has every key of `left`.
pub(crate) fn is_subset(cx: &Cx, left: &Set, right: &Set) -> Outcome<bool> {
    cx.lift(set::is_subset(cx.ts, left, right))
}

/// Whether `right` has every key of `left` and one more.
pub(crate) fn is_proper_subset(cx: &Cx, left: &Set, right: &Set) -> Outcome<bool> {
    cx.lift(set::is_proper_subset(cx.ts, left, right))
}

/// Runs `body`, which may run Python code, with the lock of a set, and with that of another one or of a dict. What never
/// changes needs none.
pub(crate) fn within<R>(cx: &Cx, set: &Set, other: Ref<'_>, body: impl FnOnce() -> R) -> R {
    let changes = other.downcast::<Set>().is_some() || other.exact::<Dict>().is_some();
    match (set.is_frozen(), other.header().filter(|_| changes)) {
        (false, other) => set::within(cx.ts, set, other, body),
        (true, Some(other)) => locked_both(cx.ts, other, other, body),
        (true, None) => body(),
    }
}

/// Whether no key of `left` is in `right`.
pub(crate) fn is_disjoint(cx: &Cx, left: &Set, right: &Set) -> Outcome<bool> {
    cx.lift(set::is_disjoint(cx.ts, left, right))
}

/// The next key of a set that is being iterated over.
pub(crate) fn next(cx: &Cx, cursor: &mut Cursor, set: &Set) -> Outcome<Option<Owned>> {
    match cursor.next(cx.ts, set) {
        Err(Error::SizeChanged) => {
            Err(cx.error(TypeId::RuntimeError, "Set changed size during iteration"))
        }
        other => cx.lift(other).map(|next| next.map(own)),
    }
}
