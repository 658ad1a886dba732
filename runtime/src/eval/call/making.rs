//! Functions as they are made, and how messages name what is called.

use crate::eval::Raised;
use crate::eval::code::CodeRef;
use crate::eval::cx::Cx;
use crate::eval::names;
use crate::refs::{Owned, Ref};
use crate::types::class::Class;
use crate::types::function::{self, Function};
use crate::types::native::Builtin;
use crate::types::{TypeId, payload};

/// A function of some code, without defaults.
pub(crate) fn make_function(
    cx: &Cx,
    code: CodeRef,
    globals: Ref<'_>,
    closure: Option<Owned>,
) -> Owned {
    let name = cx.world().names.name();
    let module = crate::eval::ops::attribute::in_dict(cx, globals, name);
    let parts = function::Parts {
        name: code.name().own(),
        qualified_name: code.qualified_name().own(),
        doc: code.doc().own(),
        module: module.ok().flatten().unwrap_or(Owned::NONE),
        annotations: None,
        annotate: None,
        type_params: None,
    };
    let names = function::Names {
        builtins: names::builtins_for(cx, globals),
        closure,
    };
    let function = Function::new(code, globals.own(), names, parts);
    payload::new(cx, function)
}

/// How a callable is named in messages about its arguments.
pub(crate) fn display_name(cx: &Cx, target: Ref<'_>) -> String {
    let names = &cx.world().names;
    let text = |name| {
        crate::eval::ops::attribute::find(cx, target, name)
            .ok()
            .flatten()
            .filter(|text| cx.is_instance(text.borrow(), TypeId::Str))
    };
    let Some(qualified) = text(names.qualname()) else {
        return crate::eval::ops::text::str_text(cx, target).unwrap_or_default();
    };
    let qualified = cx.text_of(qualified.borrow()).to_owned();
    let module = text(names.module());
    let module = module
        .as_ref()
        .map_or("", |module| cx.text_of(module.borrow()));
    let is_known = target.payload::<Builtin>().is_some() || Class::of(target).is_some();
    match module {
        "" | "builtins" => format!("{qualified}()"),
        _ if is_known => format!("{qualified}()"),
        _ => format!("{module}.{qualified}()"),
    }
}

/// A wrong call: what is said of a callable.
#[cold]
pub(crate) fn not_a_mapping(cx: &Cx, target: Ref<'_>, given: Ref<'_>) -> Raised {
    let (name, kind) = (display_name(cx, target), cx.type_name(given));
    cx.type_error(format!(
        "{name} argument after ** must be a mapping, not {kind}"
    ))
}
