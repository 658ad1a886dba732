//! Names: locals, cells, globals, and what is said when they are not bound.

use crate::eval::code::CodeRef;
use crate::eval::context::Context;
use crate::eval::frame::{Cursor, Word};
use crate::eval::types::TypeId;
use crate::eval::{Outcome, Raised};
use crate::objects::cell::{self, Cell};
use crate::objects::dict::{self, Dict};
use crate::objects::str::Str;
use crate::objects::tuple::Tuple;
use crate::objects::value::Value;

#[cold]
pub(super) fn unbound_local(cx: &mut Context<'_>, code: CodeRef, slot: u32) -> Raised {
    let name = &code.code.slots[slot as usize].name;
    let message =
        format!("cannot access local variable '{name}' where it is not associated with a value");
    cx.error(TypeId::UnboundLocalError, message)
}

#[cold]
fn empty_cell(cx: &mut Context<'_>, code: CodeRef, slot: u32) -> Raised {
    let is_free = slot as usize >= code.code.slots.len() - code.code.free as usize;
    if !is_free {
        return unbound_local(cx, code, slot);
    }
    let name = &code.code.slots[slot as usize].name;
    let message = format!(
        "cannot access free variable '{name}' where it is not associated with a value in enclosing scope"
    );
    cx.error(TypeId::NameError, message)
}

#[cold]
fn undefined(cx: &mut Context<'_>, name: Value) -> Raised {
    let text = name.downcast::<Str>().map_or("", Str::as_str);
    cx.error(TypeId::NameError, format!("name '{text}' is not defined"))
}

/// The cell in a slot, borrowed.
pub(super) fn cell_at(at: &Cursor, slot: u32) -> Value {
    at.slot(slot).unwrap_or(Value::NONE)
}

/// What the cell in a slot holds.
#[inline]
pub(super) fn load_deref(cx: &mut Context<'_>, code: CodeRef, word: &Word, slot: u32) -> Outcome {
    let held = word
        .as_ref()
        .and_then(Value::downcast::<Cell>)
        .and_then(|cell| cell::get(cx.ts, cell));
    match held {
        Some(value) => Ok(value),
        None => Err(empty_cell(cx, code, slot)),
    }
}

/// Puts a value, whose reference it takes over, or nothing into the cell in a slot.
pub(super) fn store_deref(cx: &Context<'_>, word: &Word, value: Option<Value>) {
    if let Some(cell) = word.as_ref().and_then(Value::downcast::<Cell>) {
        cell::set(cx.ts, cell, value);
    }
}

/// Puts the function's cells into the last slots.
pub(super) fn copy_free_variables(
    cx: &Context<'_>,
    at: Cursor,
    code: CodeRef,
    count: u32,
) -> Cursor {
    let mut at = at;
    let closure = cx.top_frame().closure;
    let Some(cells) = closure.as_ref().and_then(Value::downcast::<Tuple>) else {
        return at;
    };
    let first = code.code.slots.len() as u32 - count;
    for (slot, cell) in (first..).zip(cells.items()) {
        at.replace_slot(slot, Some(cx.new_ref(*cell)));
    }
    at
}

/// A global, or else a builtin.
#[inline]
pub(super) fn load_global(cx: &mut Context<'_>, globals: Value, name: Value) -> Outcome {
    for namespace in [globals, cx.world().builtins] {
        let Some(namespace) = namespace.downcast::<Dict>() else {
            continue;
        };
        match dict::get(cx.ts, namespace, name) {
            Ok(Some(value)) => return Ok(value),
            Ok(None) => {}
            Err(error) => return Err(cx.object_error(error)),
        }
    }
    Err(undefined(cx, name))
}

/// Takes over the reference to the value.
#[inline]
pub(super) fn store_global(
    cx: &mut Context<'_>,
    globals: Value,
    name: Value,
    value: Value,
) -> Outcome<()> {
    match globals.downcast::<Dict>() {
        Some(globals) => {
            let stored = dict::insert(cx.ts, globals, cx.new_ref(name), value);
            cx.lift(stored)
        }
        None => Ok(()),
    }
}

pub(super) fn delete_global(cx: &mut Context<'_>, globals: Value, name: Value) -> Outcome<()> {
    let Some(globals) = globals.downcast::<Dict>() else {
        return Ok(());
    };
    let deleted = dict::delete(cx.ts, globals, name);
    match cx.lift(deleted)? {
        true => Ok(()),
        false => Err(undefined(cx, name)),
    }
}
