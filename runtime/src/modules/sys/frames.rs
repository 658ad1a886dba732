//! Frames, and what is called for asynchronous generators.

use crate::eval::Outcome;
use crate::eval::cx::Cx;
use crate::refs::{Owned, Ref};
use crate::types::convert::Given;
use crate::types::{TypeId, frame, struct_sequence};

/// The name of the module whose code runs so many calls below; nothing if there are not so many.
pub(super) fn frame_module(cx: &Cx, depth: i64) -> Option<Owned> {
    let depth = usize::try_from(depth).unwrap_or(0);
    frame::module_name(cx, cx.frame_object(depth)?.borrow())
}

pub(super) fn set_asyncgen_hooks(cx: &Cx, first: Given<'_>, finalizer: Given<'_>) -> Outcome<()> {
    let both = [("firstiter", first), ("finalizer", finalizer)];
    for (name, given) in both {
        let Some(hook) = given.0.and_then(Ref::not_none) else {
            continue;
        };
        if cx.class_of(hook).slot(|slots| slots.call.is_none()) {
            let kind = cx.type_name(hook);
            return Err(cx.type_error(format!("callable {name} expected, got {kind}")));
        }
    }
    let held = |given: Given<'_>| given.0.map(|hook| hook.not_none().map(Ref::own));
    let (first, finalizer) = (held(first), held(finalizer));
    let mut hooks = cx.asyncgen_hooks.borrow().clone();
    if let Some(first) = first {
        hooks.first = first;
    }
    if let Some(finalizer) = finalizer {
        hooks.finalizer = finalizer;
    }
    drop(cx.asyncgen_hooks.replace(hooks));
    Ok(())
}

pub(super) fn get_asyncgen_hooks(cx: &Cx) -> Owned {
    let hooks = cx.asyncgen_hooks.borrow().clone();
    let hooks = [hooks.first, hooks.finalizer].map(|hook| hook.unwrap_or(Owned::NONE));
    struct_sequence::make(cx, TypeId::AsyncgenHooks, hooks.into())
}
