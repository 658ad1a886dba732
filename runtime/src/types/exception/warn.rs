//! Warnings that the interpreter itself gives, in the form of the module `warnings`.

use crate::compile::Warning;
use crate::eval::Outcome;
use crate::eval::cx::Cx;
use crate::eval::ops::attribute;
use crate::objects::dict::Dict;
use crate::refs::Owned;
use crate::syntax::Source;
use crate::types::{TypeId, frame, store};

/// Where a warning is said to come from.
struct Origin {
    file: String,
    line: i64,
    text: String,
    globals: Owned,
}

fn origin(cx: &Cx) -> Option<Origin> {
    let running = cx.frame_object(0)?;
    let (source, line) = frame::source_and_line(cx, running.borrow())?;
    Some(Origin {
        file: source.name().to_owned(),
        line,
        text: source.line(line as u32).trim().to_owned(),
        globals: cx.globals(),
    })
}

/// Tells on standard error, once for each text and line, that something is wrong where the program is.
///
/// # Errors
/// What the registry of warnings raises.
pub(crate) fn warn(cx: &Cx, category: TypeId, message: &str) -> Outcome<bool> {
    let name = category.def().name;
    let Some(origin) = origin(cx) else {
        cx.shared
            .write_behind_output(cx.ts, &format!("sys:1: {name}: {message}\n"));
        return Ok(true);
    };
    if !note(cx, &origin, category, message)? {
        return Ok(false);
    }
    let Origin {
        file, line, text, ..
    } = origin;
    let quoted = match text.is_empty() {
        true => String::new(),
        false => format!("  {text}\n"),
    };
    cx.shared.write_behind_output(
        cx.ts,
        &format!("{file}:{line}: {name}: {message}\n{quoted}"),
    );
    Ok(true)
}

/// The warnings of the compiler, with the lines that they are about if these can be read in a file.
pub(crate) fn syntax(cx: &Cx, source: &Source, warnings: &[Warning], is_file: bool) {
    let file = source.name();
    for Warning { message, span } in warnings {
        let line = source.line_of(span.start);
        let text = source.line(line).trim();
        let quoted = match is_file && !text.is_empty() {
            true => format!("  {text}\n"),
            false => String::new(),
        };
        let told = format!("{file}:{line}: SyntaxWarning: {message}\n{quoted}");
        cx.shared.write_behind_output(cx.ts, &told);
    }
}

/// Whether this warning is new on its line.
fn note(cx: &Cx, origin: &Origin, category: TypeId, message: &str) -> Outcome<bool> {
    let name = cx.intern("__warningregistry__");
    let registry = match attribute::in_dict(cx, origin.globals.borrow(), name)? {
        Some(registry) => registry,
        None => {
            let made = cx.dict();
            attribute::set_in(cx, origin.globals.borrow(), name, Some(made.borrow()))?;
            made
        }
    };
    let Some(registry) = registry.borrow().downcast::<Dict>() else {
        return Ok(true);
    };
    let class = cx.class(category).as_ref().own();
    let key = cx.tuple(vec![cx.str(message), class, cx.int(origin.line)]);
    if store::dict_contains(cx, registry, key.borrow())? {
        return Ok(false);
    }
    store::dict_set(cx, registry, key, Owned::bool(true))?;
    Ok(true)
}

/// Warns of a function that has another name by now.
pub(crate) fn deprecated(cx: &Cx, function: &str, instead: &str) -> Outcome<()> {
    deprecation(
        cx,
        &format!("{function}() is deprecated, {instead} instead"),
    )
}

/// Warns of what will not work for ever; programs see that, libraries do not.
pub(crate) fn deprecation(cx: &Cx, message: &str) -> Outcome<()> {
    let name = cx.current_module_name();
    if name.is_none_or(|name| cx.text_of(name.borrow()) != "__main__") {
        return Ok(());
    }
    warn(cx, TypeId::DeprecationWarning, message).map(drop)
}

/// The warning of a coroutine that dies before it ran.
pub(crate) fn never_awaited(cx: &Cx, message: &str) -> Outcome<()> {
    if warn(cx, TypeId::RuntimeWarning, message)? {
        cx.shared.write_behind_output(
            cx.ts,
            "RuntimeWarning: Enable tracemalloc to get the object allocation traceback\n",
        );
    }
    Ok(())
}
