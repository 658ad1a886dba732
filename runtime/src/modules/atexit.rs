//! `atexit`: functions that are called when the program ends, the youngest first.

use crate::eval::Outcome;
use crate::eval::cx::Cx;
use crate::eval::exits::Exit;
use crate::eval::ops::{compare, text};
use crate::modules::sys;
use crate::refs::Ref;
use crate::types::collected::with_collected;
use crate::types::define::module;

module! {
    pub(crate) ATEXIT = "atexit" {
        doc "Functions that are called when the program ends.";
        /// Has a function called when the program ends in order.
        static register(func, /, *args, **kwargs);
        /// No longer calls a function at the end.
        static unregister(func, /);
        /// Call the registered functions now, the last one first.
        static _run_exitfuncs as run();
        /// Forget every registered function.
        static _clear as clear();
        /// How many functions are registered.
        static _ncallbacks as count();
    }
}

fn register(cx: &Cx, func: Ref<'_>, args: Ref<'_>, keywords: Ref<'_>) -> Outcome {
    if cx.class_of(func).slot(|slots| slots.call).is_none() {
        return Err(cx.type_error("the first argument must be callable"));
    }
    let (function, args, keywords) = (func.own(), args.own(), keywords.own());
    cx.world().exits.with(cx.lot(), |registered| {
        let number = registered.next;
        registered.next += 1;
        registered.all.push(Exit {
            number,
            function,
            args,
            keywords,
        });
    });
    Ok(func.own())
}

/// Comparing runs Python code, so it is done on a copy.
fn unregister(cx: &Cx, func: Ref<'_>) -> Outcome<()> {
    let all = cx
        .world()
        .exits
        .with(cx.lot(), |registered| registered.all.clone());
    for exit in all {
        if !compare::same(cx, exit.function.borrow(), func)? {
            continue;
        }
        let gone = cx.world().exits.with(cx.lot(), |registered| {
            let places = &mut registered.all;
            let place = places.iter().position(|one| one.number == exit.number)?;
            Some(places.remove(place))
        });
        drop(gone);
    }
    Ok(())
}

/// Calls them all, also those that are registered meanwhile.
pub(crate) fn run(cx: &Cx) {
    while let Some(exit) = cx
        .world()
        .exits
        .with(cx.lot(), |registered| registered.all.pop())
    {
        let function = exit.function.borrow();
        let called = with_collected(cx, exit.args.borrow(), exit.keywords.borrow(), |args| {
            cx.call(function, args)
        });
        if let Err(raised) = called {
            let shown = text::repr_text(cx, function).unwrap_or_default();
            let message = format!("Exception ignored in atexit callback {shown}");
            sys::unraisable(cx, raised, Some(&message), Ref::NONE);
        }
    }
}

fn clear(cx: &Cx) {
    let gone = cx
        .world()
        .exits
        .with(cx.lot(), |registered| std::mem::take(&mut registered.all));
    drop(gone);
}

fn count(cx: &Cx) -> usize {
    cx.world()
        .exits
        .with(cx.lot(), |registered| registered.all.len())
}
