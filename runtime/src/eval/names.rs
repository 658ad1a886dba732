//! Names: locals, cells, globals, the locals of class bodies, and what is said when they are not bound.

use crate::eval::code::CodeRef;
use crate::eval::cx::Cx;
use crate::eval::frame::Cursor;
use crate::eval::ops::{attribute, subscript};
use crate::eval::{Outcome, Raised};
use crate::objects::cell::Cell;
use crate::objects::dict::Dict;
use crate::objects::tuple::Tuple;
use crate::refs::{Operand, Owned, Ref, items};
use crate::types::function::Function;
use crate::types::module::Module;
use crate::types::{TypeId, exception, store};

#[cold]
pub(super) fn unbound_local(cx: &Cx, code: CodeRef, slot: u32) -> Raised {
    let name = &code.code.slots[slot as usize].name;
    let message =
        format!("cannot access local variable '{name}' where it is not associated with a value");
    named(cx, TypeId::UnboundLocalError, message, name)
}

#[cold]
fn empty_cell(cx: &Cx, code: CodeRef, slot: u32) -> Raised {
    let is_free = slot as usize >= code.code.slots.len() - code.code.free as usize;
    if !is_free {
        return unbound_local(cx, code, slot);
    }
    let name = &code.code.slots[slot as usize].name;
    let message = format!(
        "cannot access free variable '{name}' where it is not associated with a value in enclosing scope"
    );
    named(cx, TypeId::NameError, message, name)
}

#[cold]
pub(super) fn undefined(cx: &Cx, name: Ref<'_>) -> Raised {
    let text = cx.text_of(name);
    named(
        cx,
        TypeId::NameError,
        format!("name '{text}' is not defined"),
        text,
    )
}

fn named(cx: &Cx, class: TypeId, message: String, name: &str) -> Raised {
    let raised = cx.error(class, message);
    // What is missing for certain is told, not what is only unbound by now.
    if class == TypeId::NameError {
        exception::set_more(cx, raised.0.borrow(), "name", cx.str(name));
    }
    raised
}

/// What the cell in a slot holds.
#[inline(always)]
pub(super) fn load_deref(cx: &Cx, code: CodeRef, at: &Cursor, slot: u32) -> Outcome {
    match cell_at(at, slot).and_then(|cell| store::cell_get(cx, cell)) {
        Some(value) => Ok(value),
        None => Err(empty_cell(cx, code, slot)),
    }
}

#[inline(always)]
fn cell_at<'a>(at: &Cursor, slot: u32) -> Option<&'a Cell> {
    at.slot(slot)?.downcast::<Cell>()
}

/// Puts a value or nothing into the cell in a slot.
#[inline(always)]
pub(super) fn store_deref(cx: &Cx, at: &Cursor, slot: u32, value: Option<Owned>) {
    if let Some(cell) = cell_at(at, slot) {
        store::cell_set(cx, cell, value);
    }
}

/// Puts the function's cells into the last slots.
pub(super) fn copy_free_variables(cx: &Cx, at: Cursor, code: CodeRef, count: u32) -> Cursor {
    let mut at = at;
    let closure = running_function(cx).and_then(|function| function.closure.as_ref());
    let Some(cells) = closure.and_then(|closure| closure.borrow().downcast::<Tuple>()) else {
        return at;
    };
    let first = code.code.slots.len() as u32 - count;
    for (slot, cell) in (first..).zip(items(cells)) {
        // SAFETY: the function that runs outlasts its frame, and has its closure for ever.
        let cell = unsafe { Operand::borrowed(cell.value()) };
        let old = at.replace_slot(slot, Some(cell));
        if let Some(old) = old {
            old.discard(cx.ts);
        }
    }
    at
}

/// The function whose code is running; used before the frame is left.
#[inline]
fn running_function<'a>(cx: &Cx) -> Option<&'a Function> {
    let function = cx.frames.borrow().last()?.function;
    // SAFETY: whoever called the frame keeps its function alive, and the caller does not keep this for longer.
    unsafe { Ref::from_value(function) }.payload::<Function>()
}

/// A global, or else a builtin.
#[inline]
pub(super) fn load_global(cx: &Cx, globals: Ref<'_>, name: Ref<'_>) -> Outcome {
    if let (Some(globals), Some(builtins)) = (globals.exact::<Dict>(), plain_builtins(cx)) {
        return match store::dict_get_either(cx, [globals, builtins], name)? {
            Some(value) => Ok(value),
            None => Err(undefined(cx, name)),
        };
    }
    if let Some(value) = subscript::find(cx, globals, name)? {
        return Ok(value);
    }
    match builtin(cx, name)? {
        Some(value) => Ok(value),
        None => Err(undefined(cx, name)),
    }
}

/// What the running code knows under a name without having bound it.
#[inline]
pub(super) fn builtin(cx: &Cx, name: Ref<'_>) -> Outcome<Option<Owned>> {
    match own_builtins(cx) {
        None => attribute::in_dict(cx, cx.world().builtins(), name),
        Some(own) => subscript::find(cx, own.borrow(), name),
    }
}

/// The builtins, if nothing stands in for them in the running code.
#[inline]
fn plain_builtins<'a>(cx: &'a Cx) -> Option<&'a Dict> {
    match running_function(cx).is_none_or(|function| function.builtins.is_none()) {
        true => cx.world().builtins().downcast::<Dict>(),
        false => None,
    }
}

/// What stands in for the builtins in the running code.
#[inline]
fn own_builtins(cx: &Cx) -> Option<Owned> {
    running_function(cx)?.builtins.clone()
}

/// The builtins of the running code.
pub(crate) fn builtins(cx: &Cx) -> Owned {
    own_builtins(cx).unwrap_or_else(|| cx.world().builtins().own())
}

/// What is to stand in for the builtins in a function with these globals: what they say, or else what stands in for
/// them in the running code.
pub(super) fn builtins_for(cx: &Cx, globals: Ref<'_>) -> Option<Owned> {
    let running = cx.frames.borrow().last().map(|frame| frame.globals);
    if running == Some(globals.value()) {
        return own_builtins(cx);
    }
    let name = cx.world().names.builtins();
    let Some(said) = attribute::in_dict(cx, globals, name).ok().flatten() else {
        return own_builtins(cx);
    };
    let mapping = match said.borrow().payload::<Module>() {
        Some(module) => module.dict().own(),
        None => said,
    };
    (mapping.borrow() != cx.world().builtins()).then_some(mapping)
}

#[inline]
pub(super) fn store_global(cx: &Cx, globals: Ref<'_>, name: Ref<'_>, value: Owned) -> Outcome<()> {
    match globals.downcast::<Dict>() {
        Some(globals) => store::dict_set(cx, globals, name.own(), value),
        None => Ok(()),
    }
}

pub(super) fn delete_global(cx: &Cx, globals: Ref<'_>, name: Ref<'_>) -> Outcome<()> {
    match attribute::set_in(cx, globals, name, None)? {
        true => Ok(()),
        false => Err(undefined(cx, name)),
    }
}

/// The frame's locals mapping.
pub(super) fn locals(cx: &Cx) -> Outcome {
    match cx
        .frames
        .borrow()
        .last()
        .and_then(|frame| frame.locals.clone())
    {
        Some(locals) => Ok(locals),
        None => Ok(cx.globals()),
    }
}

/// A name of a class body: from its locals, or else a global, or else a builtin.
pub(super) fn load_name(cx: &Cx, globals: Ref<'_>, name: Ref<'_>) -> Outcome {
    let locals = locals(cx)?;
    load_from_or_global(cx, locals.borrow(), globals, name)
}

pub(super) fn load_from_or_global(
    cx: &Cx,
    mapping: Ref<'_>,
    globals: Ref<'_>,
    name: Ref<'_>,
) -> Outcome {
    match subscript::find(cx, mapping, name)? {
        Some(value) => Ok(value),
        None => load_global(cx, globals, name),
    }
}

pub(super) fn load_from_or_deref(
    cx: &Cx,
    mapping: Ref<'_>,
    code: CodeRef,
    at: &Cursor,
    slot: u32,
) -> Outcome {
    let name = cx.intern(&code.code.slots[slot as usize].name);
    match subscript::find(cx, mapping, name)? {
        Some(value) => Ok(value),
        None => load_deref(cx, code, at, slot),
    }
}

pub(super) fn store_name(cx: &Cx, name: Ref<'_>, value: Owned) -> Outcome<()> {
    let locals = locals(cx)?;
    subscript::set(cx, locals.borrow(), name, value.borrow())
}

pub(super) fn delete_name(cx: &Cx, name: Ref<'_>) -> Outcome<()> {
    let locals = locals(cx)?;
    match subscript::delete(cx, locals.borrow(), name) {
        Err(raised) if raised.is(cx, TypeId::KeyError) => Err(undefined(cx, name)),
        result => result,
    }
}

/// `__annotations__`, for classes under the future import.
pub(super) fn setup_annotations(cx: &Cx) -> Outcome<()> {
    let (locals, name) = (locals(cx)?, cx.world().names.annotations());
    if subscript::find(cx, locals.borrow(), name)?.is_none() {
        let made = cx.dict();
        subscript::set(cx, locals.borrow(), name, made.borrow())?;
    }
    Ok(())
}
