//! The classes of exceptions that have attributes of their own.

use crate::eval::cx::Cx;
use crate::eval::ops::{subscript, text};
use crate::eval::{Args, Outcome};
use crate::refs::{Owned, Ref};
use crate::types::define::class;
use crate::types::payload::Boxed;

use super::Exception;
use super::tables::{self, init, str};

/// An attribute that only some classes have.
macro_rules! extra {
    ($($get:ident $set:ident $name:literal;)*) => {
        $(
            fn $get(cx: &Cx, this: Ref<'_>) -> Option<Owned> {
                crate::types::exception::more(cx, this, $name)
            }

            fn $set(cx: &Cx, this: Ref<'_>, value: Option<Ref<'_>>) -> Outcome<()> {
                crate::types::exception::set_more(cx, this, $name, value.unwrap_or(Ref::NONE).own());
                Ok(())
            }
        )*
    };
}
pub(super) use extra;

extra! {
    value set_value "value";
    code set_code "code";
    name set_name "name";
    object set_object "obj";
}

class! {
    pub(crate) STOP_ITERATION: Boxed<Exception> = "StopIteration" (Exception) {
        doc "An iterator has no more items.";
        slots { init: init_stop }
        get value, set_value;
    }
}

fn init_stop(cx: &Cx, this: Ref<'_>, args: Args<'_>) -> Outcome<()> {
    init(cx, this, args)?;
    let first = args.get(0).unwrap_or(Ref::NONE);
    super::set_more(cx, this, "value", first.own());
    Ok(())
}

class! {
    pub(crate) SYSTEM_EXIT: Boxed<Exception> = "SystemExit" (BaseException) {
        doc "The program asks to end.";
        slots { init: init_exit }
        get code, set_code;
    }
}

fn init_exit(cx: &Cx, this: Ref<'_>, args: Args<'_>) -> Outcome<()> {
    init(cx, this, args)?;
    let code = match args.positional {
        [] => Owned::NONE,
        [one] => one.own(),
        all => cx.tuple(all.iter().map(|arg| arg.own()).collect()),
    };
    super::set_more(cx, this, "code", code);
    Ok(())
}

class! {
    pub(crate) KEY_ERROR: Boxed<Exception> = "KeyError" (LookupError) {
        doc "A mapping lacks the key.";
        slots { str: str_of_key }
    }
}

/// A single key is shown by its repr, so that an empty string can be seen.
fn str_of_key(cx: &Cx, this: Ref<'_>) -> Outcome {
    let args = super::args(cx, this);
    match args.as_slice() {
        [one] => text::repr(cx, one.borrow()),
        _ => str(cx, this),
    }
}

/// Keyword arguments that a class takes besides its positional ones, each an attribute.
fn init_named(
    cx: &Cx,
    this: Ref<'_>,
    args: Args<'_>,
    known: &'static [&'static str],
) -> Outcome<()> {
    for (name, value) in args.names.iter().zip(args.keywords) {
        let text = cx.text_of(*name);
        let Some(name) = known.iter().find(|known| **known == text) else {
            let class = cx.type_name(this);
            return Err(cx.type_error(format!(
                "{class}() got an unexpected keyword argument '{text}'"
            )));
        };
        super::set_more(cx, this, name, value.own());
    }
    init(cx, this, Args::positional(args.positional))
}

class! {
    pub(crate) ATTRIBUTE_ERROR: Boxed<Exception> = "AttributeError" (Exception) {
        doc "An object lacks the attribute.";
        slots { init: init_attribute }
        get name, set_name;
        get obj as object, set_object;
        method __getstate__ as attribute_state(self, /);
        method __reduce__ as reduce_attribute(self, /);
    }
}

fn init_attribute(cx: &Cx, this: Ref<'_>, args: Args<'_>) -> Outcome<()> {
    init_named(cx, this, args, &["name", "obj"])
}

/// The name and the arguments; the object may be anything, and stays out.
fn attribute_state(cx: &Cx, this: Ref<'_>) -> Outcome<Owned> {
    let state = tables::state_dict(cx, this)?.unwrap_or_else(|| cx.dict());
    let args = cx.tuple(super::args(cx, this));
    if let Some(name) = super::more(cx, this, "name").filter(|name| !name.borrow().is_none()) {
        subscript::set(cx, state.borrow(), cx.intern("name"), name.borrow())?;
    }
    subscript::set(cx, state.borrow(), cx.intern("args"), args.borrow())?;
    Ok(state)
}

fn reduce_attribute(cx: &Cx, this: Ref<'_>) -> Outcome {
    let state = attribute_state(cx, this)?;
    let args = cx.tuple(super::args(cx, this));
    tables::reduced(cx, this, args, Some(state))
}

class! {
    pub(crate) NAME_ERROR: Boxed<Exception> = "NameError" (Exception) {
        doc "No variable has this name.";
        slots { init: init_name }
        get name, set_name;
    }
}

fn init_name(cx: &Cx, this: Ref<'_>, args: Args<'_>) -> Outcome<()> {
    init_named(cx, this, args, &["name"])
}

extra! {
    message set_message "msg";
    path set_path "path";
    name_from set_name_from "name_from";
}

class! {
    pub(crate) IMPORT_ERROR: Boxed<Exception> = "ImportError" (Exception) {
        doc "A module, or a name in it, cannot be imported.";
        slots { init: init_import, str: str_of_import }
        get msg as message, set_message;
        get name, set_name;
        get path, set_path;
        get name_from, set_name_from;
        method __reduce__ as reduce_import(self, /);
    }
}

fn init_import(cx: &Cx, this: Ref<'_>, args: Args<'_>) -> Outcome<()> {
    init_named(cx, this, args, &["name", "path", "name_from"])?;
    if let [message] = args.positional {
        super::set_more(cx, this, "msg", message.own());
    }
    Ok(())
}

/// What is known of the name and the path goes into the state.
fn reduce_import(cx: &Cx, this: Ref<'_>) -> Outcome {
    let mut state = tables::state_dict(cx, this)?;
    for name in ["name", "path", "name_from"] {
        let held = super::more(cx, this, name).filter(|held| !held.borrow().is_none());
        if let Some(held) = held {
            let state = state.get_or_insert_with(|| cx.dict());
            subscript::set(cx, state.borrow(), cx.intern(name), held.borrow())?;
        }
    }
    let args = cx.tuple(super::args(cx, this));
    tables::reduced(cx, this, args, state)
}

fn str_of_import(cx: &Cx, this: Ref<'_>) -> Outcome {
    match super::more(cx, this, "msg") {
        Some(message) if cx.is_instance(message.borrow(), crate::types::TypeId::Str) => Ok(message),
        _ => str(cx, this),
    }
}
