//! What goes out: `print`.

use crate::eval::cx::Cx;
use crate::eval::ops::{attribute, text};
use crate::eval::{Args, Outcome};
use crate::modules::sys;
use crate::objects::tuple::Tuple;
use crate::refs::{Ref, items};
use crate::types::{TypeId, text_stream};

pub(super) fn print(
    cx: &Cx,
    args: Ref<'_>,
    sep: Option<Ref<'_>>,
    end: Option<Ref<'_>>,
    file: Option<Ref<'_>>,
    flush: bool,
) -> Outcome<()> {
    let sep = joint(cx, "sep", sep, " ")?;
    let end = joint(cx, "end", end, "\n")?;
    let mut out = String::new();
    let values = args.downcast::<Tuple>().map_or(&[][..], items);
    for (index, value) in values.iter().enumerate() {
        if index > 0 {
            out += sep;
        }
        out += &text::str_text(cx, *value)?;
    }
    out += end;
    match file {
        Some(file) => write_to(cx, file, &out, flush),
        None => match sys::stream(cx, cx.world().names.stdout())? {
            Some(file) => write_to(cx, file.borrow(), &out, flush),
            // A program without a standard output prints nowhere.
            None => Ok(()),
        },
    }
}

/// What stands between the values, or behind them.
fn joint<'a>(cx: &Cx, name: &str, given: Option<Ref<'a>>, default: &'a str) -> Outcome<&'a str> {
    let Some(given) = given else {
        return Ok(default);
    };
    match cx.is_instance(given, TypeId::Str) {
        true => Ok(cx.text_of(given)),
        false => {
            let kind = cx.type_name(given);
            Err(cx.type_error(format!("{name} must be None or a string, not {kind}")))
        }
    }
}

fn write_to(cx: &Cx, file: Ref<'_>, text: &str, flush: bool) -> Outcome<()> {
    if let Some(stream) = text_stream::of(file) {
        stream.write_text(cx, text)?;
        return match flush {
            true => stream.flush_text(cx),
            false => Ok(()),
        };
    }
    let text = cx.str(text);
    let write = attribute::get(cx, file, cx.world().names.write())?;
    cx.call(write.borrow(), Args::positional(&[text.borrow()]))?;
    if flush {
        let flush = attribute::get(cx, file, cx.world().names.flush())?;
        cx.call(flush.borrow(), Args::NONE)?;
    }
    Ok(())
}
