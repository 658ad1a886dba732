//! Imports.

use crate::eval::cx::Cx;
use crate::eval::ops::{attribute, iterate, subscript};
use crate::eval::{Args, Outcome, Raised, names};
use crate::objects::dict::Dict;
use crate::refs::{Owned, Ref};
use crate::types::module::Module;
use crate::types::{TypeId, store};

/// `import name`, through `__import__`, which a program may replace.
pub(in crate::eval) fn import(cx: &Cx, name: Ref<'_>, level: Ref<'_>, from: Ref<'_>) -> Outcome {
    let import = cx.world().names.import();
    let Some(function) = names::builtin(cx, import)? else {
        return Err(cx.error(TypeId::ImportError, "__import__ not found"));
    };
    let (globals, locals) = (cx.globals(), names::locals(cx)?);
    let args = [name, globals.borrow(), locals.borrow(), from, level];
    cx.call(function.borrow(), Args::positional(&args))
}

/// `from module import name`
pub(in crate::eval) fn import_from(cx: &Cx, module: Ref<'_>, name: Ref<'_>) -> Outcome {
    if let Some(value) = attribute::find(cx, module, name)? {
        return Ok(value);
    }
    let package = attribute::find(cx, module, cx.world().names.name())?;
    let package = package
        .as_ref()
        .map_or("", |package| cx.text_of(package.borrow()));
    let full = format!("{package}.{}", cx.text_of(name));
    let modules = cx.world().modules();
    if let Some(found) = attribute::in_dict(cx, modules, cx.str(&full).borrow())? {
        return Ok(found);
    }
    Err((cx.shared.above.cannot_import)(cx, module, name))
}

/// `from module import *`
pub(in crate::eval) fn import_star(cx: &Cx, module: Ref<'_>) -> Outcome<()> {
    let locals = names::locals(cx)?;
    let all = attribute::find(cx, module, cx.world().names.all())?;
    let (public, place) = match &all {
        Some(all) => (iterate::collect(cx, all.borrow())?, "__all__"),
        None => (names_of(cx, module)?, "__dict__"),
    };
    for name in public {
        if !cx.is_instance(name.borrow(), TypeId::Str) {
            return Err(not_a_name(cx, module, name.borrow(), place));
        }
        if all.is_none() && cx.text_of(name.borrow()).starts_with('_') {
            continue;
        }
        let value = attribute::get(cx, module, name.borrow())?;
        subscript::set(cx, locals.borrow(), name.borrow(), value.borrow())?;
    }
    Ok(())
}

#[cold]
fn not_a_name(cx: &Cx, module: Ref<'_>, item: Ref<'_>, place: &str) -> Raised {
    let name = attribute::find(cx, module, cx.world().names.name());
    let name = name.ok().flatten().unwrap_or(Owned::NONE);
    let (name, kind) = (cx.text_of(name.borrow()), cx.type_name(item));
    let what = if place == "__dict__" { "Key" } else { "Item" };
    cx.type_error(format!("{what} in {name}.{place} must be str, not {kind}"))
}

/// The names in a module's dict.
fn names_of(cx: &Cx, module: Ref<'_>) -> Outcome<Vec<Owned>> {
    let dict = match module.payload::<Module>() {
        Some(module) => module.dict().own(),
        None => match attribute::find(cx, module, cx.world().names.dict())? {
            Some(dict) => dict,
            None => {
                let message = "from-import-* object has no __dict__ and no __all__";
                return Err(cx.error(TypeId::ImportError, message));
            }
        },
    };
    match dict.borrow().downcast::<Dict>() {
        Some(dict) => {
            let entries = store::dict_entries(cx, dict).into_iter();
            Ok(entries.map(|(name, _)| name).collect())
        }
        None => iterate::collect(cx, dict.borrow()),
    }
}
