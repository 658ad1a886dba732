//! Modules that are files: reading, compiling and running them.

use std::path::Path;

use crate::compile::{self, compile_with};
use crate::eval::cx::Cx;
use crate::eval::ops::attribute;
use crate::eval::{Args, Outcome, Raised, load};
use crate::modules::import::packed;
use crate::refs::{Owned, Ref};
use crate::syntax::{ErrorKind, Source, SyntaxError};
use crate::types::{TypeId, boot, exception, module};

/// What comes before others may have a module that was run: its package gets it.
pub(super) type Ready<'a> = dyn Fn(Ref<'_>) -> Outcome<()> + 'a;

/// Makes a module of a file and runs it. Others wait for the module until `ready` has come to its end.
pub(super) fn load(
    cx: &Cx,
    name: &str,
    file: &Path,
    package: Option<&Path>,
    ready: &Ready<'_>,
) -> Outcome {
    let file = file.to_string_lossy().into_owned();
    let folders = package.map(|package| vec![package.to_string_lossy().into_owned()]);
    let (made, dict, spec) = make(cx, name, Some(&file), folders.as_deref())?;
    publish(cx, name, made, spec.borrow(), ready, || {
        run(cx, &file, dict.borrow())
    })
}

/// Puts a module under its name, and says in its spec that it is being initialized until `run` and `ready` have ended; a
/// module whose code failed was never imported.
pub(super) fn publish(
    cx: &Cx,
    name: &str,
    made: Owned,
    spec: Ref<'_>,
    ready: &Ready<'_>,
    run: impl FnOnce() -> Outcome<()>,
) -> Outcome {
    initializing(cx, spec, true)?;
    boot::set(cx, cx.world().modules(), name, made);
    let ended = match run() {
        Ok(()) => renewed(cx, name).and_then(|module| {
            ready(module.borrow())?;
            Ok(module)
        }),
        Err(raised) => {
            forget(cx, name)?;
            Err(raised)
        }
    };
    initializing(cx, spec, false)?;
    ended
}

/// Makes a package without a file.
pub(super) fn load_namespace(
    cx: &Cx,
    name: &str,
    folders: &[String],
    ready: &Ready<'_>,
) -> Outcome {
    let (made, dict, spec) = make(cx, name, None, Some(folders))?;
    boot::set(cx, dict.borrow(), "__file__", Owned::NONE);
    publish(cx, name, made, spec.borrow(), ready, || Ok(()))
}

/// A module with its dict and its spec, before its code has run.
fn make(
    cx: &Cx,
    name: &str,
    file: Option<&str>,
    folders: Option<&[String]>,
) -> Outcome<(Owned, Owned, Owned)> {
    let spec = super::spec(cx, name, file, folders)?;
    if file.is_some() {
        let key = cx.intern("_set_fileattr");
        attribute::set(cx, spec.borrow(), key, Some(Ref::TRUE))?;
    }
    let dict = cx.dict();
    let set = |key: &str, value: Owned| boot::set(cx, dict.borrow(), key, value);
    let package = match folders {
        Some(_) => name,
        None => name.rsplit_once('.').map_or("", |(package, _)| package),
    };
    set("__name__", cx.str(name));
    set("__doc__", Owned::NONE);
    set("__package__", cx.str(package));
    set("__loader__", Owned::NONE);
    set("__spec__", spec.clone());
    if let Some(folders) = folders {
        set("__path__", super::strings(cx, folders));
    }
    if let Some(file) = file {
        set("__file__", cx.str(file));
    }
    set("__builtins__", cx.world().builtins().own());
    Ok((module::new(cx, dict.clone()), dict, spec))
}

fn initializing(cx: &Cx, spec: Ref<'_>, is: bool) -> Outcome<()> {
    let flag = if is { Ref::TRUE } else { Ref::FALSE };
    attribute::set(cx, spec, cx.intern("_initializing"), Some(flag))
}

/// Reads, compiles and runs a file.
fn run(cx: &Cx, file: &str, globals: Ref<'_>) -> Outcome<()> {
    let bytes = match packed::read(file) {
        Some(bytes) => Ok(bytes),
        None => cx.blocking(|| std::fs::read(file)),
    };
    let bytes = bytes.map_err(|error| exception::system_error(cx, &error))?;
    let source = Source::new(file, &bytes)
        .map_err(|error| syntax_error(cx, &error, &Source::from_text(file, String::new())))?;
    let compiled = compile_with(&source, &compile::Options::default())
        .map_err(|error| syntax_error(cx, &error, &source))?;
    exception::warn::syntax(cx, &source, &compiled.warnings, true);
    let source = cx.shared.keep_source(source);
    let code = load::code(cx, compiled.code, source);
    cx.run_code(code, globals, None, None).map(drop)
}

/// The module as `sys.modules` has it after its code has run, which may have put something else there.
fn renewed(cx: &Cx, name: &str) -> Outcome {
    match super::in_modules(cx, name)? {
        Some(found) => Ok(found),
        None => {
            let key = cx.str(name);
            Err(crate::types::exception::key_error(cx, key.borrow()))
        }
    }
}

/// Takes a module out again.
fn forget(cx: &Cx, name: &str) -> Outcome<()> {
    attribute::set_in(cx, cx.world().modules(), cx.str(name).borrow(), None).map(drop)
}

/// The exception for a program that cannot be compiled.
pub(crate) fn syntax_error(cx: &Cx, error: &SyntaxError, source: &Source) -> Raised {
    let class = match error.kind() {
        ErrorKind::Syntax => TypeId::SyntaxError,
        ErrorKind::Indentation => TypeId::IndentationError,
        ErrorKind::Tab => TypeId::TabError,
        ErrorKind::Recursion => return cx.error(TypeId::RecursionError, error.message()),
    };
    let message = cx.str(error.message());
    let details = details(cx, error, source);
    let class = cx.class(class).as_ref();
    let made = cx.call(
        class,
        Args::positional(&[message.borrow(), details.borrow()]),
    );
    match made {
        Ok(made) => cx.raise(made),
        Err(raised) => raised,
    }
}

/// Where the error is: file, line, column, text, end of line and column, counted from 1.
fn details(cx: &Cx, error: &SyntaxError, source: &Source) -> Owned {
    let file = cx.str(source.name());
    let Some(span) = error.span() else {
        return cx.tuple(vec![file, Owned::NONE, Owned::NONE, Owned::NONE]);
    };
    let (start, end) = (source.position(span.start), source.position(span.end));
    let number = |number: u32| cx.int(number.into());
    cx.tuple(vec![
        file,
        number(start.line),
        number(start.column + 1),
        cx.str(&format!("{}\n", source.line(start.line))),
        number(end.line),
        number(end.column + 1),
    ])
}
