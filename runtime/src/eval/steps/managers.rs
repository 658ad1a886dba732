//! `with` and `async with`.

use crate::eval::cx::Cx;
use crate::eval::frame::Cursor;
use crate::eval::ops::attribute;
use crate::eval::{Outcome, Raised};
use crate::refs::{Owned, Ref};

/// Looks up how to leave a manager and how to enter it, and pushes both in its place.
pub(in crate::eval) fn load_with(cx: &Cx, at: &mut Cursor, operand: u32) -> Outcome<()> {
    let names = &cx.world().names;
    let (enter_name, exit_name) = match operand {
        0 => (names.enter(), names.exit()),
        _ => (names.aenter(), names.aexit()),
    };
    let manager = at.peek(1);
    let enter = attribute::special(cx, manager, enter_name)?;
    let exit = attribute::special(cx, manager, exit_name)?;
    match (enter, exit) {
        (Some(enter), Some(exit)) => {
            at.pop().discard(cx.ts);
            at.push(exit);
            at.push_word(None);
            at.push(enter);
            Ok(())
        }
        (None, _) => Err(no_manager(cx, manager, operand, enter_name)),
        (_, None) => Err(no_manager(cx, manager, operand, exit_name)),
    }
}

#[cold]
fn no_manager(cx: &Cx, manager: Ref<'_>, operand: u32, missed: Ref<'_>) -> Raised {
    let names = &cx.world().names;
    let (kind, missed) = (cx.type_name(manager), cx.text_of(missed));
    let (protocol, other, keyword, others) = match operand {
        0 => (
            "the context manager protocol",
            "the asynchronous context manager protocol",
            "async with",
            [names.aenter(), names.aexit()],
        ),
        _ => (
            "the asynchronous context manager protocol",
            "the context manager protocol",
            "with",
            [names.enter(), names.exit()],
        ),
    };
    let class = cx.class_of(manager);
    let has_other = others.iter().all(|name| class.lookup(cx, *name).is_some());
    let hint = match has_other {
        true => format!(" but it supports {other}. Did you mean to use '{keyword}'?"),
        false => String::new(),
    };
    cx.type_error(format!(
        "'{kind}' object does not support {protocol} (missed {missed} method){hint}"
    ))
}

/// Pushes the exit and its three arguments, for the exception on top.
pub(in crate::eval) fn with_except_start(cx: &Cx, at: &mut Cursor) {
    let exit = at.peek(3).own();
    let raised = at.peek(1).own();
    let class = cx.class_of(raised.borrow()).as_ref().own();
    let traceback = crate::types::exception::traceback::object(cx, raised.borrow());
    let all: [Owned; 4] = [exit, class, raised, traceback];
    all.into_iter().for_each(|value| at.push(value));
}
