//! What a program can see and change in a function.

use super::{Function, part};
use crate::eval::cx::Cx;
use crate::eval::ops::attribute;
use crate::eval::{Args, Outcome};
use crate::objects::dict::Dict;
use crate::objects::tuple::Tuple;
use crate::refs::{Owned, Ref};
use crate::types::TypeId;
use crate::types::code::Code;

macro_rules! parts {
    ($($get:ident $set:ident $field:ident;)*) => {
        $(
            pub(super) fn $get(cx: &Cx, this: Ref<'_>) -> Option<Owned> {
                part(cx, this, |parts| Option::from(parts.$field.clone()))?
            }

            pub(super) fn $set(cx: &Cx, this: Ref<'_>, value: Option<Ref<'_>>) -> Outcome<()> {
                let value = checked(cx, stringify!($field), value)?;
                drop(part(cx, this, |parts| replace(&mut parts.$field, value)));
                Ok(())
            }
        )*
    };
}

/// A field that may be empty, or may not.
trait Field {
    fn put(&mut self, value: Option<Owned>) -> Option<Owned>;
}

impl Field for Owned {
    fn put(&mut self, value: Option<Owned>) -> Option<Owned> {
        Some(std::mem::replace(self, value.unwrap_or(Owned::NONE)))
    }
}

impl Field for Option<Owned> {
    fn put(&mut self, value: Option<Owned>) -> Option<Owned> {
        std::mem::replace(self, value)
    }
}

fn replace(field: &mut impl Field, value: Option<Owned>) -> Option<Owned> {
    field.put(value)
}

/// What may be assigned to a part; `None` and a deletion empty it.
fn checked(cx: &Cx, field: &str, value: Option<Ref<'_>>) -> Outcome<Option<Owned>> {
    let value = value.and_then(Ref::not_none);
    let (good, message) = match (field, value) {
        ("name", value) => (
            value.is_some_and(|value| cx.is_instance(value, TypeId::Str)),
            "__name__ must be set to a string object",
        ),
        ("qualified_name", value) => (
            value.is_some_and(|value| cx.is_instance(value, TypeId::Str)),
            "__qualname__ must be set to a string object",
        ),
        ("defaults", Some(value)) => (
            value.downcast::<Tuple>().is_some(),
            "__defaults__ must be set to a tuple object",
        ),
        ("keyword_defaults", Some(value)) => (
            value.downcast::<Dict>().is_some(),
            "__kwdefaults__ must be set to a dict object",
        ),
        ("annotations", Some(value)) => (
            value.downcast::<Dict>().is_some(),
            "__annotations__ must be set to a dict object",
        ),
        ("type_params", Some(value)) => (
            value.downcast::<Tuple>().is_some(),
            "__type_params__ must be set to a tuple",
        ),
        ("type_params", None) => (false, "__type_params__ must be set to a tuple"),
        _ => (true, ""),
    };
    match good {
        true => Ok(value.map(Ref::own)),
        false => Err(cx.type_error(message)),
    }
}

parts! {
    name set_name name;
    qualname set_qualname qualified_name;
    doc set_doc doc;
    module set_module module;
    made_annotations set_annotations annotations;
    annotate set_annotate annotate;
    given_type_params set_type_params type_params;
}

macro_rules! defaults {
    ($($get:ident $set:ident $name:literal $field:ident;)*) => {
        $(
            pub(super) fn $get(_cx: &Cx, this: &Function) -> Option<Owned> {
                this.with_defaults(|defaults| defaults.$field.clone())
            }

            pub(super) fn $set(cx: &Cx, this: &Function, value: Option<Ref<'_>>) -> Outcome<()> {
                let value = checked(cx, $name, value)?;
                let old = this.change_defaults(cx, |all| std::mem::replace(&mut all.$field, value));
                drop(old);
                Ok(())
            }
        )*
    };
}

defaults! {
    defaults set_defaults "defaults" positional;
    keyword_defaults set_keyword_defaults "keyword_defaults" keyword;
}

/// Made when somebody asks for them.
pub(super) fn annotations(cx: &Cx, this: Ref<'_>) -> Outcome {
    if let Some(made) = made_annotations(cx, this) {
        return Ok(made);
    }
    let made = match annotate(cx, this) {
        Some(annotate) if !annotate.borrow().is_none() => {
            let one = cx.int(1);
            cx.call(annotate.borrow(), Args::positional(&[one.borrow()]))?
        }
        _ => cx.dict(),
    };
    set_annotations(cx, this, Some(made.borrow()))?;
    Ok(made)
}

pub(super) fn type_params(cx: &Cx, this: Ref<'_>) -> Owned {
    given_type_params(cx, this).unwrap_or_else(|| cx.tuple(Vec::new()))
}

pub(super) fn globals(_cx: &Cx, this: &Function) -> Owned {
    this.globals.clone()
}

pub(super) fn closure(_cx: &Cx, this: &Function) -> Option<Owned> {
    this.closure.clone()
}

pub(super) fn code(_cx: &Cx, this: &Function) -> Owned {
    crate::types::code::object(this.code())
}

pub(super) fn set_code(cx: &Cx, this: Ref<'_>, value: Option<Ref<'_>>) -> Outcome<()> {
    let function = this.payload::<Function>().expect("a function");
    let Some(code) = value.and_then(Ref::payload::<Code>) else {
        return Err(cx.type_error("__code__ must be set to a code object"));
    };
    let closure = function.closure.as_ref();
    let cells = closure.and_then(|closure| closure.borrow().downcast::<Tuple>());
    let (has, wants) = (
        cells.map_or(0, |cells| cells.items().len()),
        code.code.code.free as usize,
    );
    if has != wants {
        let name = part(cx, this, |parts| parts.name.clone());
        let name = name.as_ref().map_or("", |name| cx.text_of(name.borrow()));
        return Err(cx.value_error(format!(
            "{name}() requires a code object with {has} free vars, not {wants}"
        )));
    }
    function.set_code(cx, code.code);
    Ok(())
}

pub(super) fn builtins(cx: &Cx, this: &Function) -> Owned {
    let own = this.builtins.as_ref();
    own.map_or(cx.world().builtins(), Owned::borrow).own()
}

pub(super) fn dict(cx: &Cx, this: Ref<'_>) -> Option<Owned> {
    attribute::dict_of(cx, this)
}

pub(super) fn set_dict(cx: &Cx, this: Ref<'_>, value: Option<Ref<'_>>) -> Outcome<()> {
    let dict = value.filter(|value| value.downcast::<Dict>().is_some());
    match (dict, this.header(), value) {
        (Some(dict), Some(header), _) => {
            attribute::set_dict(cx, header, dict.own());
            Ok(())
        }
        (_, _, Some(other)) => {
            let kind = cx.type_name(other);
            let message = format!("__dict__ must be set to a dictionary, not a '{kind}'");
            Err(cx.type_error(message))
        }
        _ => Err(cx.type_error("cannot delete __dict__")),
    }
}
