//! Imports: finding, loading and remembering modules.

use super::library;
use crate::eval::Outcome;
use crate::eval::cx::Cx;
use crate::eval::ops::attribute;
use crate::refs::{Owned, Ref};
use crate::types::define::ModuleDef;
use crate::types::{TypeId, boot, module};

/// A module by its absolute name, loaded if it was not yet.
pub(crate) fn load(cx: &Cx, name: &str) -> Outcome {
    let key = cx.str(name);
    if let Some(found) = attribute::in_dict(cx, cx.world().modules(), key.borrow())? {
        return Ok(found);
    }
    let def = super::ALL.iter().find(|def| def.name == name);
    match (def, library::source_of(name)) {
        (None, None) => Err(cx.error(
            TypeId::ModuleNotFoundError,
            format!("No module named '{name}'"),
        )),
        (def, source) => built_in(cx, name, def.copied(), source),
    }
}

/// Makes the module `builtins`, whose dict the world has already.
pub(crate) fn builtins(cx: &Cx) -> Outcome<()> {
    let dict = cx.world().builtins();
    let made = module::new(cx, dict.own());
    fill(cx, made.borrow(), dict, &super::builtins::BUILTINS)?;
    boot::set(cx, cx.world().modules(), "builtins", made);
    Ok(())
}

/// Makes a built-in module, from its table or its source or both, and remembers it.
fn built_in(cx: &Cx, name: &str, def: Option<&'static ModuleDef>, source: Option<&str>) -> Outcome {
    let dict = cx.dict();
    let made = module::new(cx, dict.clone());
    match def {
        Some(def) => fill(cx, made.borrow(), dict.borrow(), def)?,
        None => identify(cx, dict.borrow(), name, ""),
    }
    let modules = cx.world().modules();
    boot::set(cx, modules, name, made.clone());
    if let Some(source) = source
        && let Err(raised) = library::run(cx, name, source, dict.borrow())
    {
        attribute::set_in(cx, modules, cx.intern(name), None)?;
        return Err(raised);
    }
    Ok(made)
}

/// Tells a module's dict what the module is.
fn identify(cx: &Cx, dict: Ref<'_>, name: &str, doc: &str) {
    boot::set(cx, dict, "__name__", cx.str(name));
    let doc = if doc.is_empty() {
        Owned::NONE
    } else {
        cx.str(doc)
    };
    boot::set(cx, dict, "__doc__", doc);
    boot::set(cx, dict, "__package__", cx.str(""));
}

/// Fills the dict of a built-in module.
pub(crate) fn fill(cx: &Cx, made: Ref<'_>, dict: Ref<'_>, def: &'static ModuleDef) -> Outcome<()> {
    let name = cx.str(def.name);
    identify(cx, dict, def.name, def.doc);
    for member in def.members {
        if let Some((name, value)) = boot::of_module(cx, name.borrow(), member) {
            boot::set(cx, dict, name, value);
        }
    }
    for id in def.types {
        boot::set(cx, dict, id.def().name, cx.class(*id).as_ref().own());
    }
    match def.fill {
        Some(more) => more(cx, made),
        None => Ok(()),
    }
}

/// Whether a module is still running its code for the first time.
pub(crate) fn is_initializing(_cx: &Cx, _name: &str) -> bool {
    false
}
