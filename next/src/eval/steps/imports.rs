//! Imports.

use crate::eval::cx::Cx;
use crate::eval::ops::{attribute, iterate, subscript};
use crate::eval::{Args, Outcome, names};
use crate::objects::dict::Dict;
use crate::refs::{Owned, Ref};
use crate::types::module::Module;
use crate::types::{TypeId, exception, store};

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

/// Imports a module by its absolute name; gives that module, not its package.
pub(crate) fn import_module(cx: &Cx, name: &str) -> Outcome {
    crate::modules::import::load(cx, name)
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
    let package = if package.is_empty() {
        "<unknown module name>"
    } else {
        package
    };
    let file = attribute::find(cx, module, cx.world().names.file())?;
    let text = cx.text_of(name);
    let place = match &file {
        Some(file) => cx.text_of(file.borrow()).to_owned(),
        None => "unknown location".to_owned(),
    };
    let half = crate::modules::import::is_initializing(cx, module);
    let message = match half {
        true => format!(
            "cannot import name '{text}' from partially initialized module '{package}' (most likely due to a circular import) ({place})"
        ),
        false => format!("cannot import name '{text}' from '{package}' ({place})"),
    };
    let raised = cx.error(TypeId::ImportError, message);
    let shown = raised.0.borrow();
    exception::set_more(cx, shown, "name", cx.str(package));
    exception::set_more(cx, shown, "path", file.unwrap_or(Owned::NONE));
    exception::set_more(cx, shown, "name_from", name.own());
    Err(raised)
}

/// `from module import *`
pub(in crate::eval) fn import_star(cx: &Cx, module: Ref<'_>) -> Outcome<()> {
    let locals = names::locals(cx)?;
    let all = attribute::find(cx, module, cx.world().names.all())?;
    let public = match &all {
        Some(all) => iterate::collect(cx, all.borrow())?,
        None => public_names(cx, module),
    };
    for name in public {
        let value = attribute::get(cx, module, name.borrow())?;
        subscript::set(cx, locals.borrow(), name.borrow(), value.borrow())?;
    }
    Ok(())
}

fn public_names(cx: &Cx, module: Ref<'_>) -> Vec<Owned> {
    let dict = module.payload::<Module>().map(Module::dict);
    let Some(dict) = dict.and_then(Ref::downcast::<Dict>) else {
        return Vec::new();
    };
    let names = store::dict_entries(cx, dict)
        .into_iter()
        .map(|(name, _)| name);
    names
        .filter(|name| !cx.text_of(name.borrow()).starts_with('_'))
        .collect()
}
