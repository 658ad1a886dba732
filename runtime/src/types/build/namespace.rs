//! What a new class's dict gets, and who is told of the class.

use super::bases::catch_up;
use crate::eval::cx::Cx;
use crate::eval::ops::attribute;
use crate::eval::{Args, Outcome};
use crate::objects::cell::Cell;
use crate::objects::dict::Dict;
use crate::objects::header::Kind;
use crate::protocols::inheritance::Begun;
use crate::refs::{Owned, Ref};
use crate::types::class::Class;
use crate::types::slots::Dunder;
use crate::types::{member, static_method, store};

/// Takes a name out of a dict of names.
pub(super) fn take(cx: &Cx, namespace: Ref<'_>, name: Ref<'_>) -> Outcome<Option<Owned>> {
    match namespace.downcast::<Dict>() {
        Some(namespace) => store::dict_pop(cx, namespace, name),
        None => Ok(None),
    }
}

/// What every class's dict has, and which functions in it are static or get the class.
pub(super) fn prepare_namespace(cx: &Cx, namespace: Ref<'_>) -> Outcome<()> {
    let names = &cx.world().names;
    let dict = namespace.downcast::<Dict>().expect("a dict");
    if !store::dict_contains(cx, dict, names.module())?
        && let Some(module) = cx.current_module_name()
    {
        attribute::set_in(cx, namespace, names.module(), Some(module.borrow()))?;
    }
    if !store::dict_contains(cx, dict, names.doc())? {
        attribute::set_in(cx, namespace, names.doc(), Some(Ref::NONE))?;
    }
    let eq = names.dunder(Dunder::Eq);
    let hash = names.dunder(Dunder::Hash);
    if store::dict_contains(cx, dict, eq)? && !store::dict_contains(cx, dict, hash)? {
        attribute::set_in(cx, namespace, hash, Some(Ref::NONE))?;
    }
    let is_function = |value: &Owned| {
        value
            .borrow()
            .payload::<crate::types::function::Function>()
            .is_some()
    };
    let new = names.dunder(Dunder::New);
    if let Some(function) = store::dict_get(cx, dict, new)?.filter(is_function) {
        let wrapped = static_method::new(cx, function);
        attribute::set_in(cx, namespace, new, Some(wrapped.borrow()))?;
    }
    for name in [names.init_subclass(), names.class_getitem()] {
        if let Some(function) = store::dict_get(cx, dict, name)?.filter(is_function) {
            let wrapped = static_method::of_class(cx, function);
            attribute::set_in(cx, namespace, name, Some(wrapped.borrow()))?;
        }
    }
    Ok(())
}

/// Descriptors for the new slots, the dict and the weak references.
pub(super) fn add_descriptors(
    cx: &Cx,
    object: Ref<'_>,
    class: &Class,
    first_new: usize,
) -> Outcome<()> {
    for (number, name) in class.slot_names.iter().enumerate().skip(first_new) {
        let member = member::new(cx, object, number as u16, name);
        let name = cx.intern(&mangled(class.name(cx).as_str(), name)).own();
        store::dict_set(cx, class.namespace(), name, member)?;
    }
    let bases = &class.inherited().bases;
    let of_bases = |pick: fn(&Kind) -> bool| {
        let mut classes = bases.iter().filter_map(|base| Class::of(base.borrow()));
        classes.any(|class| pick(class.kind()))
    };
    if class.kind().extras.dict && !of_bases(|kind| kind.extras.dict) {
        let dict = member::dict(cx, object);
        store::dict_set(cx, class.namespace(), cx.intern("__dict__").own(), dict)?;
    }
    if class.kind().extras.weak && !of_bases(|kind| kind.extras.weak) {
        let weak = member::weak(cx, object);
        store::dict_set(cx, class.namespace(), cx.intern("__weakref__").own(), weak)?;
    }
    Ok(())
}

/// A private name as the class's code spells it.
fn mangled(class: &str, name: &str) -> String {
    let class = class.trim_start_matches('_');
    match name.starts_with("__") && !name.ends_with("__") && !class.is_empty() {
        true => format!("_{class}{name}"),
        false => name.to_owned(),
    }
}

/// Tells bases and attributes of the new class.
pub(super) fn finish(
    cx: &Cx,
    made: Ref<'_>,
    bases: &[Ref<'_>],
    args: Args<'_>,
    begun: Begun,
) -> Outcome<()> {
    let class = Class::of(made).expect("a class");
    fill_cells(cx, made, class)?;
    for base in bases.iter().filter_map(|base| Class::of(*base)) {
        base.add_subclass(cx, class);
    }
    class.forget_lookups(cx);
    catch_up(cx, class)?;
    if cx.shared.inheritance.missed(begun) {
        class.refresh(cx);
    }
    set_names(cx, made, class)?;
    init_subclass(cx, made, class, args)
}

/// What `super()` and class variables in the class's functions refer to.
fn fill_cells(cx: &Cx, made: Ref<'_>, class: &Class) -> Outcome<()> {
    let names = &cx.world().names;
    for name in [names.class_cell(), names.class_dict_cell()] {
        let Some(cell) = store::dict_pop(cx, class.namespace(), name)? else {
            continue;
        };
        let content = if name == names.class_cell() {
            made
        } else {
            class.dict()
        };
        match cell.borrow().downcast::<Cell>() {
            Some(cell) => store::cell_set(cx, cell, Some(content.own())),
            None => {
                let kind = cx.type_name(cell.borrow());
                return Err(cx.type_error(format!(
                    "{} must be a nonlocal cell, not <class '{kind}'>",
                    cx.text_of(name)
                )));
            }
        }
    }
    Ok(())
}

/// `__set_name__` of every attribute that has it.
fn set_names(cx: &Cx, made: Ref<'_>, class: &Class) -> Outcome<()> {
    let set_name = cx.world().names.set_name();
    for (name, value) in store::dict_entries(cx, class.namespace()) {
        let Some(hook) = attribute::special(cx, value.borrow(), set_name)? else {
            continue;
        };
        let args = [made, name.borrow()];
        if let Err(raised) = cx.call(hook.borrow(), Args::positional(&args)) {
            let note = format!(
                "Error calling __set_name__ on '{}' instance {} in '{}'",
                cx.type_name(value.borrow()),
                crate::eval::ops::text::repr_text(cx, name.borrow())?,
                class.name(cx)
            );
            add_note(cx, raised.0.borrow(), &note);
            return Err(raised);
        }
    }
    Ok(())
}

fn add_note(cx: &Cx, exception: Ref<'_>, note: &str) {
    let note = cx.str(note);
    let add = attribute::get_str(cx, exception, "add_note");
    if let Ok(add) = add {
        let _ = cx.call(add.borrow(), Args::positional(&[note.borrow()]));
    }
}

/// `super(cls, cls).__init_subclass__(**keywords)`
fn init_subclass(cx: &Cx, made: Ref<'_>, class: &Class, args: Args<'_>) -> Outcome<()> {
    let name = cx.world().names.init_subclass();
    let bases = class.order().skip(1);
    for base in bases {
        let Some(found) = store::dict_get(cx, base.namespace(), name)? else {
            continue;
        };
        let bound = match cx.class_of(found.borrow()).slot(|slots| slots.descr_get) {
            Some(get) => get(cx, found.borrow(), None, made)?,
            None => found,
        };
        let keywords = Args {
            positional: &[],
            ..args
        };
        return cx.call(bound.borrow(), keywords).map(drop);
    }
    Ok(())
}
