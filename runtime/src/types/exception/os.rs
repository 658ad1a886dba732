//! `OSError`: which of its classes an error number means, and the parts of one.

use crate::eval::cx::Cx;
use crate::eval::ops::text;
use crate::eval::{Args, Outcome};
use crate::refs::{Owned, Ref};
use crate::types::TypeId;
use crate::types::class::Class;
use crate::types::define::class;
use crate::types::payload::Boxed;
use crate::types::slots::{Init, New};

use super::Exception;
use super::details::extra;
use super::tables::{self, str};

extra! {
    errno set_errno "errno";
    strerror set_strerror "strerror";
    filename set_filename "filename";
    filename2 set_filename2 "filename2";
}

class! {
    pub(crate) OS_ERROR: Boxed<Exception> = "OSError" (Exception) {
        doc "The operating system has refused something.";
        slots { new: new, init: init, str: str_of }
        get errno, set_errno;
        get strerror, set_strerror;
        get filename, set_filename;
        get filename2, set_filename2;
        get characters_written, set_characters_written;
        method __reduce__ as reduce(self, /);
    }
}

class! {
    pub(crate) BLOCKING_IO_ERROR: Boxed<Exception> = "BlockingIOError" (OSError) {
        doc "The operation would have to wait.";
    }
}

const WRITTEN: &str = "characters_written";

fn characters_written(cx: &Cx, this: Ref<'_>) -> Outcome {
    super::more(cx, this, WRITTEN).ok_or_else(|| cx.error(TypeId::AttributeError, WRITTEN))
}

fn set_characters_written(cx: &Cx, this: Ref<'_>, value: Option<Ref<'_>>) -> Outcome<()> {
    match value {
        Some(value) => {
            let count = crate::eval::ops::number::index(cx, value)?;
            super::set_more(cx, this, WRITTEN, cx.int(count));
            Ok(())
        }
        None if super::take_more(cx, this, WRITTEN).is_some() => Ok(()),
        None => Err(cx.error(TypeId::AttributeError, WRITTEN)),
    }
}

/// The class that an error number has of its own.
fn class_of_number(number: i64) -> Option<TypeId> {
    use TypeId as T;
    Some(match number {
        1 | 13 => T::PermissionError,
        2 => T::FileNotFoundError,
        3 => T::ProcessLookupError,
        4 => T::InterruptedError,
        10 => T::ChildProcessError,
        11 | 114 | 115 => T::BlockingIOError,
        17 => T::FileExistsError,
        20 => T::NotADirectoryError,
        21 => T::IsADirectoryError,
        32 | 108 => T::BrokenPipeError,
        103 => T::ConnectionAbortedError,
        104 => T::ConnectionResetError,
        110 => T::TimeoutError,
        111 => T::ConnectionRefusedError,
        _ => return None,
    })
}

/// A class with an `__init__` of its own, but no `__new__`, gets its parts when it calls `OSError.__init__`.
fn is_filled_by_init(class: &Class) -> bool {
    class.slot(|slots| {
        let own_init = slots
            .init
            .is_some_and(|found| !std::ptr::fn_addr_eq(found, init as Init));
        let own_new = slots
            .new
            .is_some_and(|found| !std::ptr::fn_addr_eq(found, new as New));
        own_init && !own_new
    })
}

/// `OSError(2, ..)` makes a FileNotFoundError, and so on.
fn new(cx: &Cx, class: &Class, args: Args<'_>) -> Outcome {
    if is_filled_by_init(class) {
        return Ok(super::new(cx, class, Vec::new()));
    }
    if !args.names.is_empty() && class.is_builtin() {
        let name = class.name(cx);
        return Err(cx.type_error(format!("{name}() takes no keyword arguments")));
    }
    let number = match args.positional {
        [number, _, more @ ..] if more.len() < 4 && class.is(TypeId::OSError) => number.as_small(),
        _ => None,
    };
    let class = number
        .and_then(class_of_number)
        .map_or(class, |special| cx.class(special));
    let made = super::new(cx, class, Vec::new());
    fill(cx, made.borrow(), args)?;
    Ok(made)
}

fn init(cx: &Cx, this: Ref<'_>, args: Args<'_>) -> Outcome<()> {
    match is_filled_by_init(cx.class_of(this)) {
        true if !args.names.is_empty() => {
            let name = cx.type_name(this);
            Err(cx.type_error(format!("{name}() takes no keyword arguments")))
        }
        true => fill(cx, this, args),
        false => Ok(()),
    }
}

/// Two to five arguments are the parts; those behind the text are not among `args`.
fn fill(cx: &Cx, this: Ref<'_>, args: Args<'_>) -> Outcome<()> {
    let given = args.positional;
    if !(2..=5).contains(&given.len()) {
        return tables::init(cx, this, Args::positional(given));
    }
    for (name, value) in ["errno", "strerror"].into_iter().zip(given) {
        super::set_more(cx, this, name, value.own());
    }
    let is_count = cx.is_instance(this, TypeId::BlockingIOError);
    let file = given.get(2).copied().and_then(Ref::not_none);
    if let Some(count) = file.filter(|file| is_count && file.as_small().is_some()) {
        super::set_more(cx, this, WRITTEN, count.own());
        return tables::init(cx, this, Args::positional(given));
    }
    let Some(file) = file else {
        return tables::init(cx, this, Args::positional(given));
    };
    super::set_more(cx, this, "filename", file.own());
    if let Some(other) = given.get(4) {
        super::set_more(cx, this, "filename2", other.own());
    }
    tables::init(cx, this, Args::positional(&given[..2]))
}

fn str_of(cx: &Cx, this: Ref<'_>) -> Outcome {
    let part = |name: &str| super::more(cx, this, name);
    let named = |name: &str| part(name).filter(|file| !file.borrow().is_none());
    let shown = |value: Option<Owned>| {
        let value = value.unwrap_or(Owned::NONE);
        text::str_text(cx, value.borrow())
    };
    let Some(file) = named("filename") else {
        return match (part("errno"), part("strerror")) {
            (Some(number), Some(message)) => {
                let (number, message) = (shown(Some(number))?, shown(Some(message))?);
                Ok(cx.str(&format!("[Errno {number}] {message}")))
            }
            _ => str(cx, this),
        };
    };
    let mut out = format!(
        "[Errno {}] {}: {}",
        shown(part("errno"))?,
        shown(part("strerror"))?,
        text::repr_text(cx, file.borrow())?
    );
    if let Some(other) = named("filename2") {
        out += &format!(" -> {}", text::repr_text(cx, other.borrow())?);
    }
    Ok(cx.str(&out))
}

/// The file's name is an argument again.
fn reduce(cx: &Cx, this: Ref<'_>) -> Outcome {
    let mut args = super::args(cx, this);
    if let (2, Some(file)) = (args.len(), super::more(cx, this, "filename")) {
        args.push(file);
        if let Some(other) = super::more(cx, this, "filename2") {
            args.extend([Owned::NONE, other]);
        }
    }
    let args = cx.tuple(args);
    tables::reduced(cx, this, args, None)
}
