//! Exceptions that end a thread, and the end of all threads.

use super::special::library;
use super::{Thread, join_all};
use crate::eval::cx::Cx;
use crate::eval::ops::{attribute, text};
use crate::eval::{Args, Raised};
use crate::refs::Ref;
use crate::sync::event;
use crate::types::TypeId;
use crate::types::exception::report as printing;
use crate::types::struct_sequence::*;

struct_sequence! {
    EXCEPT_HOOK_ARGS = "_thread" "_ExceptHookArgs" "Type used to pass arguments to threading.excepthook." {
        exc_type item0;
        exc_value item1;
        exc_traceback item2;
        thread item3;
    }
}

/// `threading.excepthook` for an exception that `run` raised.
pub(super) fn tell(cx: &Cx, thread: Ref<'_>, raised: Raised) {
    let Some(library) = library(cx) else {
        return report(cx, thread, raised.0.borrow());
    };
    let told = attribute::get_str(cx, library.borrow(), "_tell").and_then(|tell| {
        let args = [raised.0.borrow(), thread];
        cx.call(tell.borrow(), Args::positional(&args))
    });
    if let Err(again) = told {
        (cx.shared.above.report)(cx, "Exception in threading.excepthook:\n");
        (cx.shared.above.uncaught)(cx, again.0.borrow());
    }
}

/// What `threading.excepthook` does by itself.
pub(crate) fn report(cx: &Cx, thread: Ref<'_>, exception: Ref<'_>) {
    if cx.class_of(exception).is(TypeId::SystemExit) {
        return;
    }
    let name = match thread.payload::<Thread>() {
        Some(thread) => thread.name(cx),
        None => super::ident(cx).to_string(),
    };
    let heading = format!("Exception in thread {name}:\n");
    (cx.shared.above.report)(cx, &(heading + &printing::render(cx, exception)));
}

/// An exception of a function that `_thread` started.
pub(crate) fn report_function(cx: &Cx, function: Ref<'_>, raised: Raised) {
    if raised.is(cx, TypeId::SystemExit) {
        return;
    }
    let shown = text::repr_text(cx, function).unwrap_or_else(|_| "<unknown>".to_owned());
    let message = format!("Exception ignored in thread started by {shown}");
    (cx.shared.above.unraisable)(cx, raised, Some(&message), Ref::NONE);
}

const SHUTDOWN: &str = "Exception ignored on threading shutdown";

/// The end of the main thread: what was to be called first is called, and the others are waited for.
pub(crate) fn shut_down(cx: &Cx) {
    if let Some(library) = library(cx) {
        let called = cx.call_method(library.borrow(), "_call_at_exit", &[]);
        if let Err(raised) = called {
            (cx.shared.above.unraisable)(cx, raised, Some(SHUTDOWN), Ref::NONE);
        }
    }
    let main = super::main_thread(cx);
    if let Some(main) = main.borrow().payload::<Thread>() {
        main.life.end(cx.lot());
        event::signals(main.life.ended());
        main.life.finish(cx.lot());
    }
    drop(main);
    if let Err(raised) = join_all(cx) {
        (cx.shared.above.unraisable)(cx, raised, Some(SHUTDOWN), Ref::NONE);
    }
}
