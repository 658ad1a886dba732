//! What instructions do that take more than a line.

mod asynchronous;
mod containers;
mod exceptions;
mod functions;
mod imports;
mod managers;
mod patterns;
mod typing;

use crate::eval::cx::Cx;
use crate::eval::frame::Cursor;
use crate::eval::ops::attribute::{self, Loaded};
use crate::eval::{Args, Outcome};
use crate::refs::{Operand, Ref};
use crate::types::{TypeId, store};

pub(super) use asynchronous::*;
pub(super) use containers::*;
pub(super) use exceptions::*;
pub(crate) use functions::super_arguments;
pub(super) use functions::*;
pub(super) use imports::*;
pub(super) use managers::*;
pub(super) use patterns::*;
pub(super) use typing::*;

/// A cell that holds what a slot held.
pub(super) fn make_cell(cx: &Cx, at: &mut Cursor, slot: u32) {
    let held = at.replace_slot(slot, None).map(Operand::into_owned);
    let cell = store::cell(cx, held);
    drop(
        at.replace_slot(slot, Some(cell.into()))
            .map(Operand::into_owned),
    );
}

/// A method and its receiver, or a gap and an attribute, in place of the object.
#[inline(always)]
pub(super) fn push_method(cx: &Cx, at: &mut Cursor, loaded: Loaded) {
    let object = at.pop();
    match loaded {
        Loaded::Method(method) => {
            at.push(method);
            at.push_operand(object);
        }
        Loaded::Attribute(attribute) => {
            object.discard(cx.ts);
            at.push_word(None);
            at.push(attribute);
        }
    }
}

/// `sys.displayhook(value)`
pub(super) fn print_expression(cx: &Cx, value: Ref<'_>) -> Outcome<()> {
    match attribute::in_dict(cx, cx.world().sys(), cx.intern("displayhook"))? {
        Some(hook) => cx.call(hook.borrow(), Args::positional(&[value])).map(drop),
        None => Err(cx.error(TypeId::RuntimeError, "lost sys.displayhook")),
    }
}
