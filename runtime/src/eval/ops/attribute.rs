//! Attributes: descriptors of the class, the object's own dict, `__getattr__`.

use crate::eval::cx::Cx;
use crate::eval::{Outcome, Raised};
use crate::objects::dict::{self, Dict};
use crate::objects::extras;
use crate::objects::header::Header;
use crate::objects::instance;
use crate::objects::lazy::Lazy;
use crate::refs::{Owned, Ref};
use crate::types::class::Class;
use crate::types::{TypeId, exception};

/// `object.name`
#[inline]
pub(crate) fn get(cx: &Cx, object: Ref<'_>, name: Ref<'_>) -> Outcome {
    let found = match cx.class_of(object).slot(|slots| slots.get_attr) {
        Some(get) => get(cx, object, name),
        None => generic_get(cx, object, name),
    };
    found.map_err(|raised| noting(cx, raised, object, name))
}

/// An exception that a look-up raised: an AttributeError that does not say what it is about does so now.
#[cold]
fn noting(cx: &Cx, raised: Raised, object: Ref<'_>, name: Ref<'_>) -> Raised {
    let value = raised.0.borrow();
    if raised.is(cx, TypeId::AttributeError)
        && exception::more(cx, value, "name").is_none()
        && exception::more(cx, value, "obj").is_none()
    {
        exception::note_attribute(cx, value, name, object);
    }
    raised
}

/// The same by a name that Rust code knows.
pub(crate) fn get_str(cx: &Cx, object: Ref<'_>, name: &str) -> Outcome {
    get(cx, object, cx.intern(name))
}

/// An attribute of an object, if it has it.
pub(crate) fn find(cx: &Cx, object: Ref<'_>, name: Ref<'_>) -> Outcome<Option<Owned>> {
    let class = cx.class_of(object);
    if class.slot(|slots| slots.get_attr.is_some_and(is_generic)) {
        return generic_find(cx, object, name);
    }
    match get(cx, object, name) {
        Ok(value) => Ok(Some(value)),
        Err(raised) if raised.is(cx, TypeId::AttributeError) => Ok(None),
        Err(raised) => Err(raised),
    }
}

/// Whether a slot is `object`'s: then looking an attribute up needs no exception to say that there is none.
fn is_generic(slot: crate::types::slots::Binary) -> bool {
    std::ptr::fn_addr_eq(slot, generic_get as crate::types::slots::Binary)
}

/// Whether attributes of a class's instances are found as `object` finds them.
pub(crate) fn has_generic_get(class: &Class) -> bool {
    class.slot(|slots| slots.get_attr.is_some_and(is_generic))
}

/// Sets an attribute, or deletes it.
pub(crate) fn set(cx: &Cx, object: Ref<'_>, name: Ref<'_>, value: Option<Ref<'_>>) -> Outcome<()> {
    match cx.class_of(object).slot(|slots| slots.set_attr) {
        Some(set) => set(cx, object, name, value),
        None => generic_set(cx, object, name, value),
    }
}

/// `object.__getattribute__`
pub(crate) fn generic_get(cx: &Cx, object: Ref<'_>, name: Ref<'_>) -> Outcome {
    match generic_find(cx, object, name)? {
        Some(value) => Ok(value),
        None => Err(missing(cx, object, name)),
    }
}

/// The same; nothing if there is no such attribute. A property that raises AttributeError raises.
fn generic_find(cx: &Cx, object: Ref<'_>, name: Ref<'_>) -> Outcome<Option<Owned>> {
    let class = cx.class_of(object);
    let found = class.lookup(cx, name);
    let descriptor = found.as_ref().map(|found| cx.class_of(found.borrow()));
    let getter = descriptor.and_then(|kind| kind.slot(|slots| slots.descr_get));
    let is_data = descriptor.is_some_and(|kind| kind.slot(|slots| slots.descr_set.is_some()));
    if let (true, Some(getter), Some(found)) = (is_data, getter, &found) {
        return getter(cx, found.borrow(), Some(object), class.as_ref()).map(Some);
    }
    if let Some(own) = in_own_dict(cx, object, name)? {
        return Ok(Some(own));
    }
    match (found, getter) {
        (Some(found), Some(getter)) => {
            getter(cx, found.borrow(), Some(object), class.as_ref()).map(Some)
        }
        (found, _) => Ok(found),
    }
}

/// What the object's own dict has, if there is one by now.
#[inline]
fn in_own_dict(cx: &Cx, object: Ref<'_>, name: Ref<'_>) -> Outcome<Option<Owned>> {
    match own_dict_slot(object) {
        Some((header, slot)) => {
            cx.lift_new(instance::get_attribute(cx.ts, header, slot, name.value()))
        }
        None => Ok(None),
    }
}

/// What a dict has under a name.
pub(crate) fn in_dict(cx: &Cx, namespace: Ref<'_>, name: Ref<'_>) -> Outcome<Option<Owned>> {
    match namespace.downcast::<Dict>() {
        Some(namespace) => cx.lift_new(dict::get(cx.ts, namespace, name.value())),
        None => Ok(None),
    }
}

/// The object's dict, made now if there is none; nothing for objects without one.
pub(crate) fn dict_of(cx: &Cx, object: Ref<'_>) -> Option<Owned> {
    let header = object.header()?;
    let slot = extras::dict(header)?;
    let dict = instance::get_or_create(cx.ts, header, slot);
    // SAFETY: the reference is new.
    Some(unsafe { Owned::from_value(dict) })
}

/// Replaces the object's dict.
pub(crate) fn set_dict(cx: &Cx, header: &Header, dict: Owned) {
    if let Some(slot) = extras::dict(header) {
        instance::replace(cx.ts, header, slot, Some(dict.into_value()));
    }
}

/// `object.__setattr__` and `object.__delattr__`
pub(crate) fn generic_set(
    cx: &Cx,
    object: Ref<'_>,
    name: Ref<'_>,
    value: Option<Ref<'_>>,
) -> Outcome<()> {
    let class = cx.class_of(object);
    let found = class.lookup(cx, name);
    if let Some(found) = &found
        && let Some(set) = cx.class_of(found.borrow()).slot(|slots| slots.descr_set)
    {
        return set(cx, found.borrow(), object, value);
    }
    let Some((header, slot)) = own_dict_slot(object) else {
        return Err(read_only(cx, object, name, found.is_some()));
    };
    match value {
        Some(value) => {
            let (key, value) = (name.own().into_value(), value.own().into_value());
            cx.lift(instance::set_attribute(cx.ts, header, slot, key, value))
        }
        None => match instance::delete_attribute(cx.ts, header, slot, name.value()) {
            Ok(false) => Err(missing(cx, object, name)),
            deleted => cx.lift(deleted).map(drop),
        },
    }
}

/// Where an object keeps its own dict, if it can have one.
#[inline]
fn own_dict_slot(object: Ref<'_>) -> Option<(&Header, &Lazy)> {
    let header = object.header()?;
    Some((header, extras::dict(header)?))
}

/// Sets or deletes a name in a dict; says whether it was there to be deleted.
pub(crate) fn set_in(
    cx: &Cx,
    namespace: Ref<'_>,
    name: Ref<'_>,
    value: Option<Ref<'_>>,
) -> Outcome<bool> {
    let Some(namespace) = namespace.downcast::<Dict>() else {
        return Ok(false);
    };
    match value {
        Some(value) => {
            let (key, value) = (name.own().into_value(), value.own().into_value());
            cx.lift(dict::insert(cx.ts, namespace, key, value))
                .map(|()| true)
        }
        None => cx.lift(dict::delete(cx.ts, namespace, name.value())),
    }
}

/// What LOAD_METHOD pushes: a method with its receiver, or an attribute.
pub(crate) enum Loaded {
    /// The object is to be the first argument.
    Method(Owned),
    /// It is not.
    Attribute(Owned),
}

/// `object.name`, to be called.
#[inline]
pub(crate) fn load_method(cx: &Cx, object: Ref<'_>, name: Ref<'_>) -> Outcome<Loaded> {
    let class = cx.class_of(object);
    if !class.slot(|slots| slots.get_attr.is_some_and(is_generic)) {
        return get(cx, object, name).map(Loaded::Attribute);
    }
    match class.lookup(cx, name) {
        Some(found) if is_method(cx, found.borrow()) => match in_own_dict(cx, object, name)? {
            Some(own) => Ok(Loaded::Attribute(own)),
            None => Ok(Loaded::Method(found)),
        },
        _ => generic_get(cx, object, name).map(Loaded::Attribute),
    }
}

/// Whether calling what is found on a class with the object in front is the same as binding it first.
#[inline]
fn is_method(cx: &Cx, found: Ref<'_>) -> bool {
    let def = cx.class_of(found).def;
    def.and_then(|def| def.method)
        .is_some_and(|is_method| is_method(found))
}

/// What the class of an object has under a name, bound to the object; nothing if it has nothing.
pub(crate) fn special(cx: &Cx, object: Ref<'_>, name: Ref<'_>) -> Outcome<Option<Owned>> {
    let class = cx.class_of(object);
    let Some(found) = class.lookup(cx, name) else {
        return Ok(None);
    };
    match cx.class_of(found.borrow()).slot(|slots| slots.descr_get) {
        Some(getter) => getter(cx, found.borrow(), Some(object), class.as_ref()).map(Some),
        None => Ok(Some(found)),
    }
}

/// The AttributeError for a name that an object does not have.
#[cold]
pub(crate) fn missing(cx: &Cx, object: Ref<'_>, name: Ref<'_>) -> Raised {
    let text = cx.text_of(name);
    let message = match Class::of(object) {
        Some(class) => {
            format!("type object '{}' has no attribute '{text}'", class.name(cx))
        }
        None if cx.is_instance(object, TypeId::Module) => {
            (cx.shared.above.missing_attribute)(cx, object, name)
        }
        None => format!(
            "'{}' object has no attribute '{text}'",
            cx.type_name(object)
        ),
    };
    let raised = cx.error(TypeId::AttributeError, message);
    exception::note_attribute(cx, raised.0.borrow(), name, object);
    raised
}

#[cold]
fn read_only(cx: &Cx, object: Ref<'_>, name: Ref<'_>, known: bool) -> Raised {
    let (kind, text) = (cx.type_name(object), cx.text_of(name));
    let message = match known {
        true => format!("'{kind}' object attribute '{text}' is read-only"),
        false => format!(
            "'{kind}' object has no attribute '{text}' and no __dict__ for setting new attributes"
        ),
    };
    let raised = cx.error(TypeId::AttributeError, message);
    exception::note_attribute(cx, raised.0.borrow(), name, object);
    raised
}
