//! The classes of exceptions that have attributes of their own.

use crate::eval::cx::Cx;
use crate::eval::ops::text;
use crate::eval::{Args, Outcome};
use crate::refs::{Owned, Ref};
use crate::types::class::Class;
use crate::types::define::class;
use crate::types::payload::Boxed;

use super::Exception;
use super::tables::{init, new, str};

/// An attribute that only some classes have.
macro_rules! extra {
    ($($get:ident $set:ident $name:literal;)*) => {
        $(
            fn $get(cx: &Cx, this: Ref<'_>) -> Option<Owned> {
                super::more(cx, this, $name)
            }

            fn $set(cx: &Cx, this: Ref<'_>, value: Option<Ref<'_>>) -> Outcome<()> {
                super::set_more(cx, this, $name, value.unwrap_or(Ref::NONE).own());
                Ok(())
            }
        )*
    };
}

extra! {
    value set_value "value";
    code set_code "code";
    name set_name "name";
    object set_object "obj";
}

class! {
    pub(crate) STOP_ITERATION: Boxed<Exception> = "StopIteration" (Exception) {
        doc "Signal the end from iterator.__next__().";
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
        doc "Request to exit from the interpreter.";
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
        doc "Mapping key not found.";
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
        doc "Attribute not found.";
        slots { init: init_attribute }
        get name, set_name;
        get obj as object, set_object;
    }
}

fn init_attribute(cx: &Cx, this: Ref<'_>, args: Args<'_>) -> Outcome<()> {
    init_named(cx, this, args, &["name", "obj"])
}

class! {
    pub(crate) NAME_ERROR: Boxed<Exception> = "NameError" (Exception) {
        doc "Name not found globally.";
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
        doc "Import can't find module, or can't find name in module.";
        slots { init: init_import, str: str_of_import }
        get msg as message, set_message;
        get name, set_name;
        get path, set_path;
        get name_from, set_name_from;
    }
}

fn init_import(cx: &Cx, this: Ref<'_>, args: Args<'_>) -> Outcome<()> {
    init_named(cx, this, args, &["name", "path", "name_from"])?;
    if let [message] = args.positional {
        super::set_more(cx, this, "msg", message.own());
    }
    Ok(())
}

fn str_of_import(cx: &Cx, this: Ref<'_>) -> Outcome {
    match super::more(cx, this, "msg") {
        Some(message) if cx.is_instance(message.borrow(), crate::types::TypeId::Str) => Ok(message),
        _ => str(cx, this),
    }
}

extra! {
    errno set_errno "errno";
    strerror set_strerror "strerror";
    filename set_filename "filename";
    filename2 set_filename2 "filename2";
}

class! {
    pub(crate) OS_ERROR: Boxed<Exception> = "OSError" (Exception) {
        doc "Base class for I/O related errors.";
        slots { new: new_os, init: init_os, str: str_of_os }
        get errno, set_errno;
        get strerror, set_strerror;
        get filename, set_filename;
        get filename2, set_filename2;
    }
}

/// `OSError(2, ..)` makes a FileNotFoundError, and so on.
fn new_os(cx: &Cx, class: &Class, args: Args<'_>) -> Outcome {
    use crate::types::TypeId as T;
    let number = args
        .get(0)
        .and_then(Ref::as_small)
        .filter(|_| args.positional.len() > 1);
    let special = match number {
        Some(1 | 13) => Some(T::PermissionError),
        Some(2) => Some(T::FileNotFoundError),
        Some(3) => Some(T::ProcessLookupError),
        Some(4) => Some(T::InterruptedError),
        Some(10) => Some(T::ChildProcessError),
        Some(11 | 114 | 115) => Some(T::BlockingIOError),
        Some(17) => Some(T::FileExistsError),
        Some(20) => Some(T::NotADirectoryError),
        Some(21) => Some(T::IsADirectoryError),
        Some(32 | 108) => Some(T::BrokenPipeError),
        Some(103) => Some(T::ConnectionAbortedError),
        Some(104) => Some(T::ConnectionResetError),
        Some(110) => Some(T::TimeoutError),
        Some(111) => Some(T::ConnectionRefusedError),
        _ => None,
    };
    match special.filter(|_| class.is(T::OSError)) {
        Some(special) => new(cx, cx.class(special), args),
        None => new(cx, class, args),
    }
}

fn init_os(cx: &Cx, this: Ref<'_>, args: Args<'_>) -> Outcome<()> {
    const NAMES: [&str; 5] = ["errno", "strerror", "filename", "winerror", "filename2"];
    if (2..=5).contains(&args.positional.len()) {
        for (name, value) in NAMES.iter().zip(args.positional) {
            super::set_more(cx, this, name, value.own());
        }
        let kept = Args {
            positional: &args.positional[..2],
            ..args
        };
        return init(cx, this, kept);
    }
    init(cx, this, args)
}

fn str_of_os(cx: &Cx, this: Ref<'_>) -> Outcome {
    let part = |name: &str| super::more(cx, this, name);
    let (Some(errno), Some(message)) = (part("errno"), part("strerror")) else {
        return str(cx, this);
    };
    let mut out = format!(
        "[Errno {}] {}",
        text::str_text(cx, errno.borrow())?,
        text::str_text(cx, message.borrow())?
    );
    if let Some(file) = part("filename").filter(|file| !file.borrow().is_none()) {
        out += &format!(": {}", text::repr_text(cx, file.borrow())?);
        if let Some(other) = part("filename2").filter(|file| !file.borrow().is_none()) {
            out += &format!(" -> {}", text::repr_text(cx, other.borrow())?);
        }
    }
    Ok(cx.str(&out))
}

extra! {
    line set_line "lineno";
    column set_column "offset";
    source_text set_source_text "text";
    end_line set_end_line "end_lineno";
    end_column set_end_column "end_offset";
    print_file set_print_file "print_file_and_line";
}

class! {
    pub(crate) SYNTAX_ERROR: Boxed<Exception> = "SyntaxError" (Exception) {
        doc "Invalid syntax.";
        slots { init: init_syntax, str: str_of_syntax }
        get msg as message, set_message;
        get filename, set_filename;
        get lineno as line, set_line;
        get offset as column, set_column;
        get text as source_text, set_source_text;
        get end_lineno as end_line, set_end_line;
        get end_offset as end_column, set_end_column;
        get print_file_and_line as print_file, set_print_file;
    }
}

fn init_syntax(cx: &Cx, this: Ref<'_>, args: Args<'_>) -> Outcome<()> {
    const NAMES: [&str; 6] = [
        "filename",
        "lineno",
        "offset",
        "text",
        "end_lineno",
        "end_offset",
    ];
    init(cx, this, args)?;
    if let Some(message) = args.get(0) {
        super::set_more(cx, this, "msg", message.own());
    }
    if let Some(details) = args.get(1) {
        let details = crate::eval::ops::iterate::collect(cx, details)?;
        for (name, value) in NAMES.iter().zip(details) {
            super::set_more(cx, this, name, value);
        }
    }
    Ok(())
}

fn str_of_syntax(cx: &Cx, this: Ref<'_>) -> Outcome {
    let message = super::more(cx, this, "msg").unwrap_or(Owned::NONE);
    let mut out = text::str_text(cx, message.borrow())?;
    let line = super::more(cx, this, "lineno").and_then(|line| line.borrow().as_small());
    let file = super::more(cx, this, "filename");
    let file = file.as_ref().map_or("", |file| cx.text_of(file.borrow()));
    let file = file.rsplit('/').next().unwrap_or_default();
    match (file.is_empty(), line) {
        (false, Some(line)) => out += &format!(" ({file}, line {line})"),
        (true, Some(line)) => out += &format!(" (line {line})"),
        (false, None) => out += &format!(" ({file})"),
        (true, None) => {}
    }
    Ok(cx.str(&out))
}
