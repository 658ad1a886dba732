//! Functions about any object: its class, its attributes, its identity and its text.

use crate::eval::cx::Cx;
use crate::eval::ops::{attribute, compare, instance, iterate, text, truth};
use crate::eval::{Args, Outcome, locals};
use crate::objects::dict::Dict;
use crate::objects::str::Str;
use crate::refs::{Owned, Ref};
use crate::types::convert::Given;
use crate::types::list::sort_items;
use crate::types::{TypeId, object};

/// The name of an attribute; one of a class derived from `str` as plain text, so that looking it up runs no code.
pub(super) fn attribute_name(cx: &Cx, name: Ref<'_>) -> Outcome {
    if name.exact::<Str>().is_some() {
        return Ok(name.own());
    }
    match name.downcast::<Str>() {
        Some(text) => Ok(cx.str(text.as_str())),
        None => {
            let kind = cx.type_name(name);
            Err(cx.type_error(format!("attribute name must be string, not '{kind}'")))
        }
    }
}

pub(super) fn getattr(cx: &Cx, object: Ref<'_>, name: Ref<'_>, default: Given<'_>) -> Outcome {
    let name = attribute_name(cx, name)?;
    let Some(default) = default.0 else {
        return attribute::get(cx, object, name.borrow());
    };
    let found = attribute::find(cx, object, name.borrow());
    match found {
        Ok(Some(value)) => Ok(value),
        Ok(None) => Ok(default.own()),
        Err(raised) if raised.is(cx, TypeId::AttributeError) => Ok(default.own()),
        Err(raised) => Err(raised),
    }
}

pub(super) fn hasattr(cx: &Cx, object: Ref<'_>, name: Ref<'_>) -> Outcome<bool> {
    let name = attribute_name(cx, name)?;
    match attribute::find(cx, object, name.borrow()) {
        Ok(found) => Ok(found.is_some()),
        Err(raised) if raised.is(cx, TypeId::AttributeError) => Ok(false),
        Err(raised) => Err(raised),
    }
}

pub(super) fn setattr(cx: &Cx, object: Ref<'_>, name: Ref<'_>, value: Ref<'_>) -> Outcome<()> {
    let name = attribute_name(cx, name)?;
    attribute::set(cx, object, name.borrow(), Some(value))
}

pub(super) fn delattr(cx: &Cx, object: Ref<'_>, name: Ref<'_>) -> Outcome<()> {
    let name = attribute_name(cx, name)?;
    attribute::set(cx, object, name.borrow(), None)
}

pub(super) fn callable(cx: &Cx, object: Ref<'_>) -> bool {
    cx.class_of(object).slot(|slots| slots.call.is_some())
}

pub(super) fn hash(cx: &Cx, object: Ref<'_>) -> Outcome<i64> {
    compare::hash(cx, object)
}

pub(super) fn id(_cx: &Cx, object: Ref<'_>) -> i64 {
    object::identity(object) as i64
}

pub(super) fn isinstance(cx: &Cx, object: Ref<'_>, class: Ref<'_>) -> Outcome<bool> {
    instance::is_instance(cx, object, class)
}

pub(super) fn issubclass(cx: &Cx, class: Ref<'_>, base: Ref<'_>) -> Outcome<bool> {
    instance::is_subclass(cx, class, base)
}

pub(super) fn len(cx: &Cx, object: Ref<'_>) -> Outcome<usize> {
    truth::len(cx, object)
}

pub(super) fn repr(cx: &Cx, object: Ref<'_>) -> Outcome {
    text::repr(cx, object)
}

pub(super) fn ascii(cx: &Cx, object: Ref<'_>) -> Outcome {
    text::ascii(cx, object)
}

pub(super) fn format(cx: &Cx, value: Ref<'_>, specification: Given<'_>) -> Outcome {
    let Some(specification) = specification.0 else {
        return text::format_plain(cx, value);
    };
    match cx.is_instance(specification, TypeId::Str) {
        true => text::format(cx, value, specification),
        false => {
            let kind = cx.type_name(specification);
            Err(cx.type_error(format!("format() argument 2 must be str, not {kind}")))
        }
    }
}

pub(super) fn dir(cx: &Cx, object: Given<'_>) -> Outcome {
    let Some(object) = object.0 else {
        return local_names(cx);
    };
    let Some(dir) = attribute::special(cx, object, cx.world().names.dir())? else {
        return Err(cx.type_error("object does not provide __dir__"));
    };
    let names = cx.call(dir.borrow(), Args::NONE)?;
    sorted_list(cx, iterate::collect(cx, names.borrow())?)
}

/// The names of the variables where `dir()` is called.
fn local_names(cx: &Cx) -> Outcome {
    let locals = locals::current(cx)?;
    let keys = match locals.borrow().exact::<Dict>() {
        Some(_) => locals,
        None => iterate::call_named(cx, locals.borrow(), cx.world().names.keys())?,
    };
    sorted_list(cx, iterate::collect(cx, keys.borrow())?)
}

fn sorted_list(cx: &Cx, names: Vec<Owned>) -> Outcome {
    let mut names = names;
    sort_items(cx, &mut names, Ref::NONE, false)?;
    Ok(cx.list(names))
}

pub(super) fn vars(cx: &Cx, object: Given<'_>) -> Outcome {
    let Some(object) = object.0 else {
        return locals::current(cx);
    };
    match attribute::find(cx, object, cx.world().names.dict())? {
        Some(dict) => Ok(dict),
        None => Err(cx.type_error("vars() argument must have __dict__ attribute")),
    }
}
