//! Modules that are written in Rust.

use crate::eval::Outcome;
use crate::eval::cx::Cx;
use crate::modules::import::source::{Ready, publish};
use crate::modules::{ALL, builtins, library, sys};
use crate::refs::{Owned, Ref};
use crate::types::define::ModuleDef;
use crate::types::{boot, module};

/// Modules that are part of the interpreter itself in CPython too: no file can take their place.
pub(crate) const PART_OF_INTERPRETER: &[&str] = &[
    "_abc",
    "_codecs",
    "_sre",
    "_string",
    "_thread",
    "_weakref",
    "atexit",
    "builtins",
    "errno",
    "gc",
    "itertools",
    "posix",
    "sys",
    "time",
];

/// Whether a module is part of the interpreter itself.
pub(crate) fn is_built_in_name(name: &str) -> bool {
    PART_OF_INTERPRETER.contains(&name)
}

/// What a module without a file is made from: its table, its source, or both.
#[derive(Clone, Copy)]
pub(super) struct Parts {
    name: &'static str,
    def: Option<&'static ModuleDef>,
    source: Option<&'static str>,
}

/// The parts of a module.
pub(super) fn named(name: &str) -> Option<Parts> {
    let def = ALL.iter().copied().find(|def| def.name == name);
    let source = library::source_of(name);
    let known = def.map(|def| def.name).or(source.map(|(name, _)| name))?;
    Some(Parts {
        name: known,
        def,
        source: source.map(|(_, text)| text),
    })
}

/// Makes the modules whose dicts the world has already.
pub(crate) fn first(cx: &Cx) -> Outcome<()> {
    for (def, dict) in [
        (&builtins::BUILTINS, cx.world().builtins()),
        (&sys::SYS, cx.world().sys()),
    ] {
        let parts = Parts {
            name: def.name,
            def: Some(def),
            source: None,
        };
        make(cx, parts, dict.own(), &|_| Ok(()))?;
    }
    Ok(())
}

/// Makes a module and remembers it.
pub(super) fn load(cx: &Cx, parts: Parts, ready: &Ready<'_>) -> Outcome {
    make(cx, parts, cx.dict(), ready)
}

fn make(cx: &Cx, parts: Parts, dict: Owned, ready: &Ready<'_>) -> Outcome {
    let name = parts.name;
    let made = module::new(cx, dict.clone());
    let doc = parts.def.map_or("", |def| def.doc);
    let spec = identify(cx, dict.borrow(), name, doc)?;
    if let Some(def) = parts.def {
        fill(cx, made.borrow(), dict.borrow(), def)?;
    }
    let Some(text) = parts.source else {
        ready(made.borrow())?;
        boot::set(cx, cx.world().modules(), name, made.clone());
        return Ok(made);
    };
    let builtins = cx.world().builtins().own();
    boot::set(cx, dict.borrow(), "__builtins__", builtins);
    publish(cx, name, made, spec.borrow(), ready, || {
        library::run(cx, name, text, dict.borrow())
    })
}

/// Tells a module's dict what the module is; gives the spec.
fn identify(cx: &Cx, dict: Ref<'_>, name: &str, doc: &str) -> Outcome {
    let origin = match is_built_in_name(name) {
        true => "built-in",
        false => "frozen",
    };
    let spec = super::spec(cx, name, Some(origin), None)?;
    let package = name.rsplit_once('.').map_or("", |(package, _)| package);
    let doc = match doc.is_empty() {
        true => Owned::NONE,
        false => cx.str(doc),
    };
    boot::set(cx, dict, "__name__", cx.str(name));
    boot::set(cx, dict, "__doc__", doc);
    boot::set(cx, dict, "__package__", cx.str(package));
    boot::set(cx, dict, "__loader__", Owned::NONE);
    boot::set(cx, dict, "__spec__", spec.clone());
    Ok(spec)
}

/// Fills the dict of a module from its table.
fn fill(cx: &Cx, made: Ref<'_>, dict: Ref<'_>, def: &'static ModuleDef) -> Outcome<()> {
    let name = cx.str(def.name);
    boot::fill_library(cx, def.types);
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
