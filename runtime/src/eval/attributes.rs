//! Attributes: of modules, functions, classes and exceptions, and what the types of other values have.

use crate::eval::context::Context;
use crate::eval::exception;
use crate::eval::other::{Binding, Function, Native, Other, Type, class};
use crate::eval::types::{TypeId, type_name, type_of};
use crate::eval::{Args, Outcome, Raised, payload};
use crate::objects::dict::{self, Dict};
use crate::objects::str::Str;
use crate::objects::value::Value;

fn text(name: &Value) -> &str {
    name.downcast::<Str>().map_or("", Str::as_str)
}

/// An attribute of an object. Borrows both.
pub(crate) fn get(cx: &mut Context<'_>, object: Value, name: Value) -> Outcome {
    match find(cx, object, name)? {
        Some(value) => Ok(value),
        None => Err(missing(cx, object, name)),
    }
}

/// An attribute of an object, if it has it.
pub(crate) fn find(cx: &mut Context<'_>, object: Value, name: Value) -> Outcome<Option<Value>> {
    if let Some(own) = own(cx, object, name)? {
        return Ok(Some(own));
    }
    let Some(value) = in_class(cx, type_of(&object), name)? else {
        return special(cx, object, name);
    };
    bind(cx, object, value).map(Some)
}

/// As [`get`], for a call: a method comes with the object as its receiver, anything else without. Takes over the
/// reference to the object when it succeeds.
#[inline]
pub(in crate::eval) fn load_method(
    cx: &mut Context<'_>,
    name: Value,
    object: Value,
) -> Outcome<(Option<Value>, Value)> {
    let attribute = match has_own_attributes(&object) {
        true => get(cx, object, name)?,
        false => match in_class(cx, type_of(&object), name)? {
            Some(method) if is_method(&method) => return Ok((Some(method), object)),
            Some(other) => bind(cx, object, other)?,
            None => get(cx, object, name)?,
        },
    };
    cx.drop(object);
    Ok((None, attribute))
}

fn is_method(value: &Value) -> bool {
    matches!(Other::of(value), Some(Other::Native(native)) if native.binding == Binding::Method)
}

/// Whether attributes of the object itself come before those of its type.
fn has_own_attributes(object: &Value) -> bool {
    payload::of::<Function>(object).is_some()
        || class(object).is_some()
        || matches!(Other::of(object), Some(Other::Module { .. }))
}

/// What a type's attribute is for an object of it. Takes over the reference to `value`.
fn bind(cx: &mut Context<'_>, object: Value, value: Value) -> Outcome {
    match Other::of(&value) {
        Some(Other::Native(Native {
            binding: Binding::Method,
            ..
        })) => {
            let receiver = cx.new_ref(object);
            Ok(Other::Method {
                function: value,
                receiver,
            }
            .alloc(cx.ts))
        }
        Some(Other::Native(Native {
            binding: Binding::Property,
            call,
            ..
        })) => {
            let result = call(cx, Args::positional(&[object]));
            cx.drop(value);
            result
        }
        _ => Ok(value),
    }
}

/// What a type or one of its bases has; a new reference.
#[inline]
pub(crate) fn in_class(cx: &mut Context<'_>, id: TypeId, name: Value) -> Outcome<Option<Value>> {
    let mut id = id;
    loop {
        let class_object = cx.world().types.get(id);
        let attributes = class(&class_object).and_then(|class| class.dict.downcast::<Dict>());
        if let Some(attributes) = attributes {
            let found = dict::get(cx.ts, attributes, name);
            if let Some(value) = cx.lift(found)? {
                return Ok(Some(value));
            }
        }
        if id == TypeId::Object {
            return Ok(None);
        }
        id = id.base();
    }
}

/// An attribute that belongs to the object itself.
fn own(cx: &mut Context<'_>, object: Value, name: Value) -> Outcome<Option<Value>> {
    if let Some(function) = payload::of::<Function>(&object) {
        return of_function(cx, function, name);
    }
    if let Some(class) = class(&object) {
        return of_class(cx, class, name);
    }
    match Other::of(&object) {
        Some(Other::Module {
            dict: namespace, ..
        }) => in_dict(cx, *namespace, name),
        _ => Ok(None),
    }
}

fn in_dict(cx: &mut Context<'_>, namespace: Value, name: Value) -> Outcome<Option<Value>> {
    match namespace.downcast::<Dict>() {
        Some(namespace) => {
            let found = dict::get(cx.ts, namespace, name);
            cx.lift(found)
        }
        None => Ok(None),
    }
}

fn of_function(cx: &mut Context<'_>, function: &Function, name: Value) -> Outcome<Option<Value>> {
    if let Some(value) = in_dict(cx, function.attributes, name)? {
        return Ok(Some(value));
    }
    let names = &cx.world().names;
    Ok(if name == names.name {
        Some(function.code.name)
    } else if name == names.qualified_name {
        Some(function.code.qualified_name)
    } else if name == names.doc {
        Some(function.code.doc)
    } else if text(&name) == "__module__" {
        return in_dict(cx, function.globals, names.name);
    } else if name == names.dict {
        Some(cx.new_ref(function.attributes))
    } else {
        None
    })
}

fn of_class(cx: &mut Context<'_>, class: &Type, name: Value) -> Outcome<Option<Value>> {
    let names = &cx.world().names;
    if name == names.name || name == names.qualified_name {
        return Ok(Some(cx.str(class.name)));
    }
    if text(&name) == "__module__" {
        return Ok(Some(cx.str(class.id.module())));
    }
    in_class(cx, class.id, name)
}

/// Attributes that every object has.
fn special(cx: &mut Context<'_>, object: Value, name: Value) -> Outcome<Option<Value>> {
    let names = &cx.world().names;
    if name == names.class {
        return Ok(Some(cx.world().types.get(type_of(&object))));
    }
    if name == names.doc {
        return Ok(Some(Value::NONE));
    }
    let own_name = match Other::of(&object) {
        Some(Other::Native(native)) => native.name,
        Some(Other::Method { function, .. }) => return find(cx, *function, name),
        _ => return Ok(None),
    };
    let is_name = name == names.name || name == names.qualified_name;
    Ok(is_name.then(|| cx.str(own_name)))
}

#[cold]
fn missing(cx: &mut Context<'_>, object: Value, name: Value) -> Raised {
    let text = text(&name);
    let message = match (class(&object), Other::of(&object)) {
        (Some(class), _) => format!("type object '{}' has no attribute '{text}'", class.name),
        (_, Some(Other::Module { name, .. })) => {
            let module = name.downcast::<Str>().map_or("", Str::as_str);
            format!("module '{module}' has no attribute '{text}'")
        }
        _ => format!("'{}' object has no attribute '{text}'", type_name(&object)),
    };
    cx.error(TypeId::AttributeError, message)
}

/// Sets or deletes an attribute. Borrows everything.
pub(crate) fn set(
    cx: &mut Context<'_>,
    object: Value,
    name: Value,
    value: Option<Value>,
) -> Outcome<()> {
    let namespace = match Other::of(&object) {
        Some(Other::Module { dict, .. }) => Some(*dict),
        Some(Other::Exception(_)) => return set_in_exception(cx, object, name, value),
        Some(Other::Thread(thread)) => return thread.set_attribute(cx, name, value),
        _ => payload::of::<Function>(&object).map(|function| function.attributes),
    };
    let Some(namespace) = namespace else {
        return Err(read_only(cx, object, name));
    };
    let Some(namespace) = namespace.downcast::<Dict>() else {
        return Ok(());
    };
    match value {
        Some(value) => {
            let (name, value) = (cx.new_ref(name), cx.new_ref(value));
            let stored = dict::insert(cx.ts, namespace, name, value);
            cx.lift(stored)
        }
        None => {
            let deleted = dict::delete(cx.ts, namespace, name);
            match cx.lift(deleted)? {
                true => Ok(()),
                false => Err(missing(cx, object, name)),
            }
        }
    }
}

fn set_in_exception(
    cx: &mut Context<'_>,
    object: Value,
    name: Value,
    value: Option<Value>,
) -> Outcome<()> {
    let link = |value: Option<Value>| {
        value
            .filter(|value| !value.is_none())
            .map(|value| cx.new_ref(value))
    };
    match text(&name) {
        "__cause__" => exception::set_cause(cx, object, link(value)),
        "__context__" => {
            let link = link(value);
            let old = exception::with(cx.ts, &object, |state| {
                std::mem::replace(&mut state.context, link)
            });
            cx.drop_all(old.flatten());
        }
        "__suppress_context__" => {
            let suppress = value == Some(Value::TRUE);
            exception::with(cx.ts, &object, |state| state.suppress_context = suppress);
        }
        _ => return Err(read_only(cx, object, name)),
    }
    Ok(())
}

#[cold]
fn read_only(cx: &mut Context<'_>, object: Value, name: Value) -> Raised {
    let (kind, text) = (type_name(&object), text(&name));
    let known = in_class(cx, type_of(&object), name);
    let message = match known {
        Ok(Some(value)) => {
            cx.drop(value);
            format!("'{kind}' object attribute '{text}' is read-only")
        }
        _ => format!(
            "'{kind}' object has no attribute '{text}' and no __dict__ for setting new attributes"
        ),
    };
    cx.error(TypeId::AttributeError, message)
}

/// `object.name`
pub(in crate::eval) fn load(cx: &mut Context<'_>, name: Value, object: Value) -> Outcome {
    get(cx, object, name)
}

/// `object.name = value`, on `value, object`.
pub(in crate::eval) fn store(cx: &mut Context<'_>, name: Value, operands: &[Value]) -> Outcome<()> {
    set(cx, operands[1], name, Some(operands[0]))
}

/// `del object.name`, on `object`.
pub(in crate::eval) fn remove(
    cx: &mut Context<'_>,
    name: Value,
    operands: &[Value],
) -> Outcome<()> {
    set(cx, operands[0], name, None)
}
