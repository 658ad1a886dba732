//! `isinstance` and `issubclass`, with their hooks.

use crate::eval::cx::Cx;
use crate::eval::{Args, Outcome};
use crate::objects::tuple::Tuple;
use crate::refs::{Ref, items};
use crate::types::TypeId;
use crate::types::class::Class;

/// `isinstance(value, class)`; `class` may be a tuple or a union.
pub(crate) fn is_instance(cx: &Cx, value: Ref<'_>, class: Ref<'_>) -> Outcome<bool> {
    if Class::of(class).is_some_and(|class| cx.class_of(value).same(class)) {
        return Ok(true);
    }
    if let Some(classes) = class.downcast::<Tuple>() {
        for &class in items(classes) {
            if cx.nested(|| is_instance(cx, value, class))? {
                return Ok(true);
            }
        }
        return Ok(false);
    }
    if let Some(known) =
        Class::of(class).filter(|known| cx.class_of(known.as_ref()).is(TypeId::Type))
    {
        return Ok(plainly(cx, value, known));
    }
    let name = cx.world().names.instance_check();
    match super::attribute::special(cx, class, name)? {
        Some(check) => {
            let answer = cx.call(check.borrow(), Args::positional(&[value]))?;
            super::truth::is_true(cx, answer.borrow())
        }
        None => {
            Err(cx.type_error("isinstance() arg 2 must be a type, a tuple of types, or a union"))
        }
    }
}

/// By the object's class, or by what it says its `__class__` is.
pub(crate) fn plainly(cx: &Cx, value: Ref<'_>, class: &Class) -> bool {
    if cx.class_of(value).derives_from(class) {
        return true;
    }
    if cx.class_of(value).is_builtin() {
        return false;
    }
    let name = cx.world().names.class();
    match super::attribute::find(cx, value, name) {
        Ok(Some(said)) => Class::of(said.borrow()).is_some_and(|said| said.derives_from(class)),
        _ => false,
    }
}

/// `issubclass(class, base)`; `base` may be a tuple or a union.
pub(crate) fn is_subclass(cx: &Cx, class: Ref<'_>, base: Ref<'_>) -> Outcome<bool> {
    if let Some(bases) = base.downcast::<Tuple>() {
        for &base in items(bases) {
            if cx.nested(|| is_subclass(cx, class, base))? {
                return Ok(true);
            }
        }
        return Ok(false);
    }
    if let Some(known) =
        Class::of(base).filter(|known| cx.class_of(known.as_ref()).is(TypeId::Type))
    {
        return match Class::of(class) {
            Some(class) => Ok(class.derives_from(known)),
            None => Err(cx.type_error("issubclass() arg 1 must be a class")),
        };
    }
    let name = cx.world().names.subclass_check();
    match super::attribute::special(cx, base, name)? {
        Some(check) => {
            let answer = cx.call(check.borrow(), Args::positional(&[class]))?;
            super::truth::is_true(cx, answer.borrow())
        }
        None => {
            Err(cx.type_error("issubclass() arg 2 must be a class, a tuple of classes, or a union"))
        }
    }
}
