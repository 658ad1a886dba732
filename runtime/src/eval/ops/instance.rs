//! `isinstance` and `issubclass`, with their hooks.

use crate::eval::cx::Cx;
use crate::eval::{Args, Outcome};
use crate::objects::tuple::Tuple;
use crate::refs::{Owned, Ref, items};
use crate::types::TypeId;
use crate::types::class::Class;

/// What a RecursionError says of its place.
pub(crate) const INSTANCE_CHECK: &str = " in __instancecheck__";
/// As above.
pub(crate) const SUBCLASS_CHECK: &str = " in __subclasscheck__";

const NO_TYPE: &str = "isinstance() arg 2 must be a type, a tuple of types, or a union";
const NO_BASE: &str = "issubclass() arg 2 must be a class, a tuple of classes, or a union";
const NO_CLASS: &str = "issubclass() arg 1 must be a class";

/// `isinstance(value, class)`; `class` may be a tuple or a union.
pub(crate) fn is_instance(cx: &Cx, value: Ref<'_>, class: Ref<'_>) -> Outcome<bool> {
    if Class::of(class).is_some_and(|class| cx.class_of(value).same(class)) {
        return Ok(true);
    }
    if let Some(classes) = class.downcast::<Tuple>() {
        return any(cx, classes, INSTANCE_CHECK, |class| {
            is_instance(cx, value, class)
        });
    }
    if is_plain_class(cx, class) {
        return plainly(cx, value, class);
    }
    let name = cx.world().names.instance_check();
    match super::attribute::special(cx, class, name)? {
        Some(check) => ask(cx, check.borrow(), value),
        None => plainly(cx, value, class),
    }
}

/// `issubclass(class, base)`; `base` may be a tuple or a union.
pub(crate) fn is_subclass(cx: &Cx, class: Ref<'_>, base: Ref<'_>) -> Outcome<bool> {
    if let Some(bases) = base.downcast::<Tuple>() {
        return any(cx, bases, SUBCLASS_CHECK, |base| {
            is_subclass(cx, class, base)
        });
    }
    if is_plain_class(cx, base) {
        return derives_plainly(cx, class, base);
    }
    let name = cx.world().names.subclass_check();
    match super::attribute::special(cx, base, name)? {
        Some(check) => ask(cx, check.borrow(), class),
        None => derives_plainly(cx, class, base),
    }
}

/// Whether a value is a class that nobody can have given a hook.
fn is_plain_class(cx: &Cx, value: Ref<'_>) -> bool {
    Class::of(value).is_some() && cx.class_of(value).is(TypeId::Type)
}

fn any(
    cx: &Cx,
    all: &Tuple,
    place: &str,
    check: impl Fn(Ref<'_>) -> Outcome<bool>,
) -> Outcome<bool> {
    for &one in items(all) {
        if cx.nested_in(place, || check(one))? {
            return Ok(true);
        }
    }
    Ok(false)
}

fn ask(cx: &Cx, hook: Ref<'_>, about: Ref<'_>) -> Outcome<bool> {
    let answer = cx.nested(|| cx.call(hook, Args::positional(&[about])))?;
    super::truth::is_true(cx, answer.borrow())
}

/// By the object's class, or by what it says its `__class__` is.
pub(crate) fn plainly(cx: &Cx, value: Ref<'_>, class: Ref<'_>) -> Outcome<bool> {
    let Some(known) = Class::of(class) else {
        require_bases(cx, class, NO_TYPE)?;
        return match said_class(cx, value)? {
            Some(said) => has_base(cx, said.borrow(), class),
            None => Ok(false),
        };
    };
    let own = cx.class_of(value);
    if own.derives_from(known) {
        return Ok(true);
    }
    if own.is_builtin() && super::attribute::has_generic_get(own) {
        return Ok(false);
    }
    let said = said_class(cx, value)?;
    let said = said.as_ref().and_then(|said| Class::of(said.borrow()));
    Ok(said.is_some_and(|said| said.derives_from(known)))
}

/// By the bases of the class, whatever it is.
pub(crate) fn derives_plainly(cx: &Cx, class: Ref<'_>, base: Ref<'_>) -> Outcome<bool> {
    if let (Some(class), Some(base)) = (Class::of(class), Class::of(base)) {
        return Ok(class.derives_from(base));
    }
    require_bases(cx, class, NO_CLASS)?;
    require_bases(cx, base, NO_BASE)?;
    has_base(cx, class, base)
}

fn said_class(cx: &Cx, value: Ref<'_>) -> Outcome<Option<Owned>> {
    find_quietly(cx, value, cx.world().names.class())
}

/// An attribute; a property that raises AttributeError counts as none.
fn find_quietly(cx: &Cx, value: Ref<'_>, name: Ref<'_>) -> Outcome<Option<Owned>> {
    match super::attribute::find(cx, value, name) {
        Err(raised) if raised.is(cx, TypeId::AttributeError) => Ok(None),
        found => found,
    }
}

/// `__bases__`, if it is a tuple: objects that have one count as classes.
fn bases_of(cx: &Cx, value: Ref<'_>) -> Outcome<Option<Owned>> {
    let bases = find_quietly(cx, value, cx.world().names.bases())?;
    Ok(bases.filter(|bases| bases.borrow().downcast::<Tuple>().is_some()))
}

fn require_bases(cx: &Cx, value: Ref<'_>, message: &str) -> Outcome<()> {
    match bases_of(cx, value)? {
        Some(_) => Ok(()),
        None => Err(cx.type_error(message)),
    }
}

/// Whether a class is the other or has it among its bases, by `__bases__`.
fn has_base(cx: &Cx, class: Ref<'_>, base: Ref<'_>) -> Outcome<bool> {
    if class == base {
        return Ok(true);
    }
    let bases = bases_of(cx, class)?;
    match bases.as_ref().and_then(|bases| bases.borrow().downcast()) {
        Some(bases) => any(cx, bases, SUBCLASS_CHECK, |one| has_base(cx, one, base)),
        None => Ok(false),
    }
}
