//! The names of the running code as a mapping, for `locals()` and for code that runs with them.
//!
//! Where names lie in slots, as in functions, the mapping is a snapshot: what is done to it changes no variable
//! (PEP 667). Elsewhere it is the namespace itself.

use crate::compile::{Slot, SlotKind};
use crate::eval::Outcome;
use crate::eval::code::CodeRef;
use crate::eval::cx::Cx;
use crate::eval::frame::Cursor;
use crate::eval::ops::attribute;
use crate::objects::cell::Cell;
use crate::refs::{Owned, Ref};
use crate::types::store;

/// `locals()`
pub(crate) fn current(cx: &Cx) -> Outcome {
    let running = {
        let frames = cx.frames.borrow();
        let frame = frames.last();
        frame.map(|frame| (frame.cursor, frame.code, frame.locals.clone()))
    };
    let Some((at, code, namespace)) = running else {
        return Ok(cx.globals());
    };
    let variables = Variables { at, code };
    if code.code.is_optimized() {
        let own = (0..).zip(&code.code.slots).filter(|(_, slot)| !slot.hidden);
        let own = own.map(|(index, _)| index);
        return variables.snapshot(cx, own.chain(variables.of_comprehensions()));
    }
    // A comprehension in a class or module sees its own variables only.
    match code.code.comprehensions_at(at.index(code)).next() {
        Some(_) => variables.snapshot(cx, variables.of_comprehensions()),
        None => Ok(namespace.unwrap_or_else(|| cx.globals())),
    }
}

/// The slots of a frame.
struct Variables {
    at: Cursor,
    code: CodeRef,
}

impl Variables {
    /// The slots of the comprehensions that are running, outer ones first: a variable inside hides one outside.
    fn of_comprehensions(&self) -> impl Iterator<Item = u32> {
        let running = self.code.code.comprehensions_at(self.at.index(self.code));
        let slots: Vec<&[u32]> = running.map(|one| &*one.slots).collect();
        slots.into_iter().rev().flatten().copied()
    }

    /// A dict of those that have a value.
    fn snapshot(&self, cx: &Cx, slots: impl Iterator<Item = u32>) -> Outcome {
        let made = cx.dict();
        for index in slots {
            let slot = &self.code.code.slots[index as usize];
            if let Some(value) = self.value(cx, index, slot) {
                let name = cx.intern(&slot.name);
                attribute::set_in(cx, made.borrow(), name, Some(value.borrow()))?;
            }
        }
        Ok(made)
    }

    /// What a variable holds; one that a function inside captures lies in a cell, as soon as there is one.
    fn value(&self, cx: &Cx, index: u32, slot: &Slot) -> Option<Owned> {
        let held = self.at.slot(index)?;
        match held.downcast::<Cell>() {
            Some(cell) if slot.kind != SlotKind::Local => store::cell_get(cx, cell),
            _ => Some(Ref::own(held)),
        }
    }
}
