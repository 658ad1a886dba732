//! `ModuleSpec`: what the import system knows about a module. All of it are plain attributes.

use crate::compile::Comparison;
use crate::eval::cx::Cx;
use crate::eval::ops::{attribute, compare, text, truth};
use crate::eval::{Args, Outcome};
use crate::refs::{Owned, Ref};
use crate::types::TypeId;
use crate::types::define::class;
use crate::types::object::Instance;

class! {
    pub(crate) MODULE_SPEC: Instance = "ModuleSpec" (Object) {
        with_dict;
        with_weak;
        unhashable;
        module "_frozen_importlib";
        doc "Where a module comes from and how it was found.";
        slots { init: init, repr: repr, compare: compare_specs }
        /// The package that the module is in.
        get parent;
        get cached;
        get has_location, set_has_location;
    }
}

/// `ModuleSpec(name, loader, *, origin=None, loader_state=None, is_package=None)`
fn init(cx: &Cx, this: Ref<'_>, args: Args<'_>) -> Outcome<()> {
    let [name, loader] = *args.positional else {
        let given = args.positional.len() + 1;
        return Err(cx.type_error(format!(
            "ModuleSpec.__init__() takes 3 positional arguments but {given} were given"
        )));
    };
    let named = |wanted: &str| {
        let mut pairs = args.names.iter().zip(args.keywords);
        pairs
            .find(|(name, _)| cx.text_of(**name) == wanted)
            .map(|(_, value)| *value)
    };
    let search = match named("is_package") {
        Some(is) if truth::is_true(cx, is)? => cx.list(Vec::new()),
        _ => Owned::NONE,
    };
    for (key, value) in [
        ("name", name),
        ("loader", loader),
        ("origin", named("origin").unwrap_or(Ref::NONE)),
        ("loader_state", named("loader_state").unwrap_or(Ref::NONE)),
        ("submodule_search_locations", search.borrow()),
        ("_set_fileattr", Ref::FALSE),
        ("_initializing", Ref::FALSE),
    ] {
        attribute::set(cx, this, cx.intern(key), Some(value))?;
    }
    let pending = cx.list(Vec::new());
    let key = cx.intern("_uninitialized_submodules");
    attribute::set(cx, this, key, Some(pending.borrow()))
}

fn part(cx: &Cx, this: Ref<'_>, name: &str) -> Outcome {
    attribute::get_str(cx, this, name)
}

fn repr(cx: &Cx, this: Ref<'_>) -> Outcome {
    let mut out = format!("{}(", cx.type_name(this));
    for (index, name) in ["name", "loader", "origin", "submodule_search_locations"]
        .iter()
        .enumerate()
    {
        let value = part(cx, this, name)?;
        if index > 1 && value.borrow().is_none() {
            continue;
        }
        let comma = if index > 0 { ", " } else { "" };
        out += &format!("{comma}{name}={}", text::repr_text(cx, value.borrow())?);
    }
    out.push(')');
    Ok(cx.str(&out))
}

/// Specs with the same attributes are equal.
fn compare_specs(cx: &Cx, comparison: Comparison, left: Ref<'_>, right: Ref<'_>) -> Outcome {
    let equal = matches!(comparison, Comparison::Eq | Comparison::Ne);
    if !equal || !cx.is_instance(right, TypeId::ModuleSpec) {
        return Ok(Owned::not_implemented());
    }
    let (left, right) = (attribute::dict_of(cx, left), attribute::dict_of(cx, right));
    let same = match (&left, &right) {
        (Some(left), Some(right)) => compare::equal(cx, left.borrow(), right.borrow())?,
        _ => false,
    };
    Ok(Owned::bool(same == (comparison == Comparison::Eq)))
}

fn parent(cx: &Cx, this: Ref<'_>) -> Outcome {
    let name = part(cx, this, "name")?;
    if !part(cx, this, "submodule_search_locations")?
        .borrow()
        .is_none()
    {
        return Ok(name);
    }
    let name = cx.text_of(name.borrow());
    let package = name.rsplit_once('.').map_or("", |(package, _)| package);
    Ok(cx.str(package))
}

/// Nothing is cached.
fn cached(_cx: &Cx, _this: Ref<'_>) {}

fn has_location(cx: &Cx, this: Ref<'_>) -> Outcome {
    part(cx, this, "_set_fileattr")
}

fn set_has_location(cx: &Cx, this: Ref<'_>, value: Option<Ref<'_>>) -> Outcome<()> {
    let truth = truth::is_true(cx, value.unwrap_or(Ref::FALSE))?;
    let flag = if truth { Ref::TRUE } else { Ref::FALSE };
    attribute::set(cx, this, cx.intern("_set_fileattr"), Some(flag))
}
