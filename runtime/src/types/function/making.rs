//! `types.FunctionType(code, globals, ..)`: a function without a `def`.

use super::{Function, part};
use crate::eval::call::make_function;
use crate::eval::code::CodeRef;
use crate::eval::cx::Cx;
use crate::eval::{Args, Outcome};
use crate::objects::cell::Cell;
use crate::objects::dict::Dict;
use crate::objects::tuple::Tuple;
use crate::refs::{Owned, Ref, items};
use crate::types::TypeId;
use crate::types::args;
use crate::types::class::Class;
use crate::types::code::Code;
use crate::types::define::{self, function};
use crate::types::native::with_receiver;

const NEW: define::Function = function!(
    true,
    "function",
    "",
    make,
    (
        self,
        code,
        globals,
        name = None,
        argdefs = None,
        closure = None,
        kwdefaults = None
    )
);

pub(super) fn new(cx: &Cx, class: &Class, given: Args<'_>) -> Outcome {
    with_receiver(class.as_ref(), given, |all| args::call(cx, &NEW, None, all))
}

#[expect(
    clippy::too_many_arguments,
    reason = "one for each parameter of the class"
)]
fn make(
    cx: &Cx,
    _class: Ref<'_>,
    code: Ref<'_>,
    globals: Ref<'_>,
    name: Option<Ref<'_>>,
    defaults: Option<Ref<'_>>,
    closure: Option<Ref<'_>>,
    keyword_defaults: Option<Ref<'_>>,
) -> Outcome {
    let wrong = |what: &str, value: Ref<'_>| {
        let kind = cx.type_name(value);
        cx.type_error(format!("function() argument {what}, not {kind}"))
    };
    let Some(code) = code.payload::<Code>().map(|code| code.code) else {
        return Err(wrong("'code' must be code", code));
    };
    if globals.downcast::<Dict>().is_none() {
        return Err(wrong("'globals' must be dict", globals));
    }
    let is_text = |name: Ref<'_>| cx.is_instance(name, TypeId::Str);
    let is_tuple = |value: Ref<'_>| value.downcast::<Tuple>().is_some();
    let is_dict = |value: Ref<'_>| value.downcast::<Dict>().is_some();
    let checks = [
        (
            name.is_none_or(is_text),
            "arg 3 (name) must be None or string",
        ),
        (
            defaults.is_none_or(is_tuple),
            "arg 4 (defaults) must be None or tuple",
        ),
        (
            closure.is_none_or(is_tuple),
            "arg 5 (closure) must be None or tuple",
        ),
        (
            keyword_defaults.is_none_or(is_dict),
            "arg 6 (kwdefaults) must be None or dict",
        ),
    ];
    if let Some((_, message)) = checks.into_iter().find(|(good, _)| !good) {
        return Err(cx.type_error(message));
    }
    let closure = checked_closure(cx, code, closure)?;
    let made = make_function(cx, code, globals, closure);
    let (defaults, keyword_defaults) = (defaults.map(Ref::own), keyword_defaults.map(Ref::own));
    let name = name.map(Ref::own);
    let function = made.borrow().payload::<Function>().expect("a function");
    function.change_defaults_alone(|all| {
        (all.positional, all.keyword) = (defaults, keyword_defaults);
    });
    let old = part(cx, made.borrow(), |parts| {
        name.map(|name| std::mem::replace(&mut parts.name, name))
    });
    drop(old);
    Ok(made)
}

/// A tuple of as many cells as the code has free variables.
fn checked_closure(cx: &Cx, code: CodeRef, closure: Option<Ref<'_>>) -> Outcome<Option<Owned>> {
    let wanted = code.code.free as usize;
    let tuple = closure.and_then(Ref::downcast::<Tuple>);
    if wanted > 0 && tuple.is_none() {
        return Err(cx.type_error("arg 5 (closure) must be tuple"));
    }
    let cells = tuple.map_or(&[][..], items);
    if cells.len() != wanted {
        let (name, given) = (cx.text_of(code.name()), cells.len());
        return Err(cx.value_error(format!(
            "{name} requires closure of length {wanted}, not {given}"
        )));
    }
    if let Some(other) = cells.iter().find(|cell| cell.downcast::<Cell>().is_none()) {
        let kind = cx.type_name(*other);
        return Err(cx.type_error(format!("arg 5 (closure) expected cell, found {kind}")));
    }
    Ok(closure.filter(|_| wanted > 0).map(Ref::own))
}
