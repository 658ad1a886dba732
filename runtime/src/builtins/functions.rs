//! The functions that need no import.

mod numeric;
mod objects;

use crate::compile::Conversion;
use crate::eval::context::Context;
use crate::eval::iterator::{self, Iteration, Next, Source};
use crate::eval::other::{Native, Other};
use crate::eval::shared::Shared;
use crate::eval::types::{TypeId, type_name};
use crate::eval::{Args, Outcome, convert, format, text};
use crate::objects::list;
use crate::objects::str::Str;
use crate::objects::value::Value;

use super::arguments::{allow, keyword};
use super::output::written;
use super::tables::{ANY, function, with_keywords};

pub(super) const FUNCTIONS: &[Native] = &[
    with_keywords(function("print", 0, ANY, print)),
    function("len", 1, 1, len),
    function("repr", 1, 1, repr),
    function("ascii", 1, 1, ascii),
    function("abs", 1, 1, numeric::abs),
    with_keywords(function("min", 1, ANY, numeric::min)),
    with_keywords(function("max", 1, ANY, numeric::max)),
    with_keywords(function("sum", 1, 2, numeric::sum)),
    with_keywords(function("sorted", 1, 1, sorted)),
    function("iter", 1, 2, iter),
    function("next", 1, 2, next),
    function("id", 1, 1, objects::id),
    function("hash", 1, 1, objects::hash),
    function("getattr", 2, 3, objects::getattr),
    function("setattr", 3, 3, objects::setattr),
    function("delattr", 2, 2, objects::delattr),
    function("hasattr", 2, 2, objects::hasattr),
    function("isinstance", 2, 2, objects::isinstance),
    function("issubclass", 2, 2, objects::issubclass),
    function("callable", 1, 1, objects::callable),
    function("chr", 1, 1, chr),
    function("ord", 1, 1, ord),
    function("hex", 1, 1, numeric::hex),
    function("oct", 1, 1, numeric::oct),
    function("bin", 1, 1, numeric::bin),
    with_keywords(function("round", 1, 2, numeric::round)),
    function("divmod", 2, 2, numeric::divmod),
    with_keywords(function("pow", 2, 3, numeric::pow)),
    function("any", 1, 1, any),
    function("all", 1, 1, all),
    function("format", 1, 2, format_builtin),
    function("input", 0, 1, input),
    function("globals", 0, 0, globals),
];

fn print(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    allow(cx, "print", args, &["sep", "end", "file", "flush"])?;
    let separator = text_option(cx, args, "sep", " ")?;
    let end = text_option(cx, args, "end", "\n")?;
    let mut out = String::new();
    for (index, value) in args.positional.iter().enumerate() {
        if index > 0 {
            out += &separator;
        }
        match value.downcast::<Str>() {
            Some(text) => out += text.as_str(),
            None => out += &text::str(cx, *value)?,
        }
    }
    out += &end;
    let to_error = keyword(args, "file")
        .is_some_and(|file| matches!(Other::of(&file), Some(Other::Stream { error: true })));
    written(cx, |shared| shared.write(to_error, &out))?;
    if let Some(flush) = keyword(args, "flush")
        && convert::is_true(cx, flush)?
    {
        written(cx, Shared::flush)?;
    }
    Ok(Value::NONE)
}

/// An option of `print` that is a string or `None`.
fn text_option(cx: &mut Context<'_>, args: Args<'_>, name: &str, default: &str) -> Outcome<String> {
    match keyword(args, name).filter(|value| !value.is_none()) {
        None => Ok(default.to_owned()),
        Some(value) => match value.downcast::<Str>() {
            Some(text) => Ok(text.as_str().to_owned()),
            None => {
                let message = format!("{name} must be None or a string, not {}", type_name(&value));
                Err(cx.type_error(message))
            }
        },
    }
}

fn len(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    let length = convert::len(cx, args.positional[0])?;
    Ok(cx.int(length as i64))
}

fn repr(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    text::convert(cx, Conversion::Repr, args.positional[0])
}

fn ascii(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    text::convert(cx, Conversion::Ascii, args.positional[0])
}

fn sorted(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    let mut items = iterator::collect(cx, args.positional[0])?;
    let result = super::lists::sort_items(cx, &mut items, "sorted", args);
    match result {
        Ok(()) => Ok(list::new(cx.ts, &items)),
        Err(raised) => {
            cx.drop_all(items);
            Err(raised)
        }
    }
}

fn iter(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    let Some(sentinel) = args.get(1) else {
        return iterator::iter(cx, args.positional[0]);
    };
    let (function, sentinel) = (cx.new_ref(args.positional[0]), cx.new_ref(sentinel));
    Ok(Iteration::alloc(
        cx,
        Source::Callable { function, sentinel },
        0,
    ))
}

fn next(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    match (iterator::next(cx, args.positional[0])?, args.get(1)) {
        (Next::Item(item), _) => Ok(item),
        (Next::End, Some(default)) => Ok(cx.new_ref(default)),
        (Next::End, None) => Err(cx.error_with(TypeId::StopIteration, &[])),
    }
}

fn chr(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    let code = convert::index(cx, args.positional[0])?;
    match u32::try_from(code).ok().filter(|code| *code < 0x11_0000) {
        Some(code) => match char::from_u32(code) {
            Some(character) => Ok(cx.str(character.encode_utf8(&mut [0; 4]))),
            None => Err(cx.value_error("surrogates are not supported by raddle")),
        },
        None => Err(cx.value_error("chr() arg not in range(0x110000)")),
    }
}

fn ord(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    let value = args.positional[0];
    if let Some(Other::Bytes(bytes)) = Other::of(&value)
        && let [byte] = bytes[..]
    {
        return Ok(cx.int(i64::from(byte)));
    }
    let Some(text) = value.downcast::<Str>() else {
        let message = format!(
            "ord() expected string of length 1, but {} found",
            type_name(&value)
        );
        return Err(cx.type_error(message));
    };
    let mut characters = text.as_str().chars();
    match (characters.next(), characters.next()) {
        (Some(character), None) => Ok(cx.int(i64::from(character as u32))),
        _ => {
            let message = format!(
                "ord() expected a character, but string of length {} found",
                text.len()
            );
            Err(cx.type_error(message))
        }
    }
}

/// Whether an item has the wanted truth.
fn has_truth(cx: &mut Context<'_>, iterable: Value, wanted: bool) -> Outcome<bool> {
    let iterator = iterator::iter(cx, iterable)?;
    let result = loop {
        match iterator::next(cx, iterator) {
            Ok(Next::Item(item)) => {
                let truth = convert::is_true(cx, item);
                cx.drop(item);
                match truth {
                    Ok(truth) if truth != wanted => {}
                    other => break other.map(|_| true),
                }
            }
            Ok(Next::End) => break Ok(false),
            Err(raised) => break Err(raised),
        }
    };
    cx.drop(iterator);
    result
}

fn any(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    has_truth(cx, args.positional[0], true).map(Value::bool)
}

fn all(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    has_truth(cx, args.positional[0], false).map(|found| Value::bool(!found))
}

fn format_builtin(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    match args.get(1) {
        Some(specification) => format::format_value(cx, args.positional[0], specification),
        None => format::format(cx, args.positional[0], ""),
    }
}

fn input(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    if let Some(prompt) = args.get(0) {
        let prompt = text::str(cx, prompt)?;
        written(cx, |shared| shared.write(false, &prompt))?;
    }
    written(cx, Shared::flush)?;
    let mut line = String::new();
    let read = cx.blocking(|| std::io::stdin().read_line(&mut line));
    match read {
        Ok(0) => Err(cx.error(TypeId::EOFError, "EOF when reading a line")),
        Ok(_) => Ok(cx.str(line.trim_end_matches(['\n', '\r']))),
        Err(error) => Err(cx.error(TypeId::OSError, error.to_string())),
    }
}

fn globals(cx: &mut Context<'_>, _args: Args<'_>) -> Outcome {
    let globals = cx.globals();
    Ok(cx.new_ref(globals))
}
