//! What a program may replace: how values are shown, and how exceptions that nobody catches are told.

use crate::eval::cx::Cx;
use crate::eval::ops::{attribute, text};
use crate::eval::{Args, Outcome, Raised};
use crate::refs::{Owned, Ref};
use crate::types::exception::{self, report as printing, traceback};
use crate::types::{TypeId, boot, struct_sequence, text_stream};

/// What `sys` has under a name.
fn hook(cx: &Cx, name: &str) -> Option<Owned> {
    let found = attribute::in_dict(cx, cx.world().sys(), cx.intern(name));
    found.ok().flatten()
}

/// Tells something on `sys.stderr`, behind what was printed before. A stream that fails leaves nobody to tell.
pub(crate) fn report(cx: &Cx, told: &str) {
    let stream = hook(cx, "stderr").filter(|stream| !stream.borrow().is_none());
    match stream {
        Some(stream) if text_stream::of(stream.borrow()).is_none() => {
            let text = cx.str(told);
            let _ = cx.call_method(stream.borrow(), "write", &[text.borrow()]);
            let _ = cx.call_method(stream.borrow(), "flush", &[]);
        }
        Some(_) => cx.shared.write_behind_output(cx.ts, told),
        None => {}
    }
}

/// Tells about an exception that the program did not catch, as `sys.excepthook` has it.
pub(crate) fn uncaught(cx: &Cx, value: Ref<'_>) {
    let mut told = String::new();
    match hook(cx, "excepthook") {
        None => {
            told += "sys.excepthook is missing\n";
            told += &printing::render(cx, value);
        }
        Some(hook) => {
            let class = cx.class_of(value).as_ref();
            let traceback = traceback::object(cx, value);
            let args = [class, value, traceback.borrow()];
            let Err(raised) = cx.call(hook.borrow(), Args::positional(&args)) else {
                return;
            };
            told += "Error in sys.excepthook:\n";
            told += &printing::render(cx, raised.0.borrow());
            told += "\nOriginal exception was:\n";
            told += &printing::render(cx, value);
        }
    }
    report(cx, &told);
}

pub(super) fn excepthook(
    cx: &Cx,
    _class: Ref<'_>,
    value: Ref<'_>,
    _traceback: Ref<'_>,
) -> Outcome<()> {
    let told = match exception::of(value) {
        Some(_) => printing::render(cx, value),
        None => {
            let kind = cx.type_name(value);
            format!("TypeError: print_exception(): Exception expected for value, {kind} found\n")
        }
    };
    report(cx, &told);
    Ok(())
}

pub(super) fn displayhook(cx: &Cx, object: Ref<'_>) -> Outcome<()> {
    if object.is_none() {
        return Ok(());
    }
    let builtins = cx.world().builtins();
    boot::set(cx, builtins, "_", Owned::NONE);
    let shown = cx.str(&(text::repr_text(cx, object)? + "\n"));
    if let Some(stream) = super::stream(cx, cx.world().names.stdout())? {
        cx.call_method(stream.borrow(), "write", &[shown.borrow()])?;
    }
    boot::set(cx, builtins, "_", object.own());
    Ok(())
}

/// Tells of an exception that nobody can catch, as `sys.unraisablehook` has it: what was going on, and with which object.
pub(crate) fn unraisable(cx: &Cx, raised: Raised, message: Option<&str>, object: Ref<'_>) {
    let value = raised.0;
    let parts = vec![
        cx.class_of(value.borrow()).as_ref().own(),
        value.clone(),
        traceback::object(cx, value.borrow()),
        message.map_or(Owned::NONE, |message| cx.str(message)),
        object.own(),
    ];
    let args = struct_sequence::make(cx, TypeId::UnraisableHookArgs, parts);
    let Some(hook) = hook(cx, "unraisablehook").filter(|hook| !hook.borrow().is_none()) else {
        return tell(cx, value.borrow(), message, object);
    };
    if let Err(raised) = cx.call(hook.borrow(), Args::positional(&[args.borrow()])) {
        let message = "Exception ignored in sys.unraisablehook";
        tell(cx, raised.0.borrow(), Some(message), hook.borrow());
    }
}

/// Prints it.
fn tell(cx: &Cx, value: Ref<'_>, message: Option<&str>, object: Ref<'_>) {
    let shown = object.not_none().map(|object| {
        text::repr_text(cx, object).unwrap_or_else(|_| "<object repr() failed>".to_owned())
    });
    let mut told = match (message, shown) {
        (Some(message), Some(shown)) => format!("{message}: {shown}\n"),
        (Some(message), None) => format!("{message}:\n"),
        (None, Some(shown)) => format!("Exception ignored in: {shown}\n"),
        (None, None) => String::new(),
    };
    told += &printing::render(cx, value);
    report(cx, &told);
}

pub(super) fn unraisablehook(cx: &Cx, unraisable: Ref<'_>) -> Outcome<()> {
    if !cx.is_instance(unraisable, TypeId::UnraisableHookArgs) {
        return Err(cx.type_error("sys.unraisablehook argument type must be UnraisableHookArgs"));
    }
    let part = |name: &str| attribute::get_str(cx, unraisable, name);
    let (value, message, object) = (part("exc_value")?, part("err_msg")?, part("object")?);
    let message = message.borrow().not_none().map(|text| cx.text_of(text));
    tell(cx, value.borrow(), message, object.borrow());
    Ok(())
}
