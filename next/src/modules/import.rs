//! Imports: finding, loading and remembering modules.

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
    match super::ALL.iter().find(|def| def.name == name) {
        Some(def) => built_in(cx, def),
        None => Err(cx.error(
            TypeId::ModuleNotFoundError,
            format!("No module named '{name}'"),
        )),
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

/// Makes a built-in module and remembers it.
fn built_in(cx: &Cx, def: &'static ModuleDef) -> Outcome {
    let dict = cx.dict();
    let made = module::new(cx, dict.clone());
    fill(cx, made.borrow(), dict.borrow(), def)?;
    boot::set(cx, cx.world().modules(), def.name, made.clone());
    Ok(made)
}

/// Fills the dict of a built-in module.
pub(crate) fn fill(cx: &Cx, made: Ref<'_>, dict: Ref<'_>, def: &'static ModuleDef) -> Outcome<()> {
    let name = cx.str(def.name);
    boot::set(cx, dict, "__name__", name.clone());
    let doc = if def.doc.is_empty() {
        Owned::NONE
    } else {
        cx.str(def.doc)
    };
    boot::set(cx, dict, "__doc__", doc);
    boot::set(cx, dict, "__package__", cx.str(""));
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
