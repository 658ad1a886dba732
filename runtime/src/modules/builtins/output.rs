//! What goes out and comes in: `print` and `input`, and the functions that would need a file or a debugger.

use crate::eval::cx::Cx;
use crate::eval::ops::{attribute, text};
use crate::eval::{Args, Outcome};
use crate::modules::{library, sys};
use crate::objects::str::Str;
use crate::objects::tuple::Tuple;
use crate::refs::{Owned, Ref, items};
use crate::text::{Wtf8, Wtf8Buf};
use crate::types::TypeId;
use crate::types::collected::with_collected;
use crate::types::str;
use crate::types::text_stream::{self, TextStream};

pub(super) fn print(
    cx: &Cx,
    args: Ref<'_>,
    sep: Option<Ref<'_>>,
    end: Option<Ref<'_>>,
    file: Option<Ref<'_>>,
    flush: bool,
) -> Outcome<()> {
    let sep = joint(cx, "sep", sep)?;
    let end = joint(cx, "end", end)?;
    let standard = match file {
        Some(_) => None,
        None => sys::stream(cx, cx.world().names.stdout())?,
    };
    // A program without a standard output prints nowhere.
    let Some(file) = file.or(standard.as_ref().map(|file| file.borrow())) else {
        return Ok(());
    };
    let values = args.downcast::<Tuple>().map_or(&[][..], items);
    let line = Line { values, sep, end };
    match text_stream::of(file) {
        Some(stream) => line.print_at_once(cx, stream)?,
        None => line.print_in_parts(cx, file)?,
    }
    match flush {
        true => flush_file(cx, file),
        false => Ok(()),
    }
}

/// What stands between the values, or behind them.
fn joint<'a>(cx: &Cx, name: &str, given: Option<Ref<'a>>) -> Outcome<Option<Ref<'a>>> {
    match given.filter(|given| !cx.is_instance(*given, TypeId::Str)) {
        None => Ok(given),
        Some(given) => {
            let kind = cx.type_name(given);
            Err(cx.type_error(format!("{name} must be None or a string, not {kind}")))
        }
    }
}

/// What is to be printed.
struct Line<'a> {
    values: &'a [Ref<'a>],
    sep: Option<Ref<'a>>,
    end: Option<Ref<'a>>,
}

impl Line<'_> {
    /// In one piece, so that lines of several threads do not mix. What was there before an exception is printed.
    fn print_at_once(&self, cx: &Cx, stream: &TextStream) -> Outcome<()> {
        let mut out = Wtf8Buf::new();
        let result = self.gather(cx, &mut out);
        stream.write_text(cx, &out)?;
        result
    }

    fn gather(&self, cx: &Cx, out: &mut Wtf8Buf) -> Outcome<()> {
        for (index, value) in self.values.iter().enumerate() {
            if index > 0 {
                add(out, self.sep, " ");
            }
            add(out, Some(text::str(cx, *value)?.borrow()), "");
        }
        add(out, self.end, "\n");
        Ok(())
    }

    /// Value by value, as a file of the program's own sees it.
    fn print_in_parts(&self, cx: &Cx, file: Ref<'_>) -> Outcome<()> {
        for (index, value) in self.values.iter().enumerate() {
            if index > 0 {
                write_part(cx, file, self.sep.unwrap_or(cx.intern(" ")))?;
            }
            write_part(cx, file, *value)?;
        }
        write_part(cx, file, self.end.unwrap_or(cx.intern("\n")))
    }
}

/// Puts a string behind others, or what stands for it where there is none.
fn add(out: &mut Wtf8Buf, text: Option<Ref<'_>>, default: &str) {
    match text.and_then(|text| text.downcast::<Str>()) {
        Some(text) => out.push_wtf8(str::wtf8(text)),
        None => out.push_str(default),
    }
}

fn write_part(cx: &Cx, file: Ref<'_>, value: Ref<'_>) -> Outcome<()> {
    let write = attribute::get(cx, file, cx.world().names.write())?;
    let text = text::str(cx, value)?;
    cx.call(write.borrow(), Args::positional(&[text.borrow()]))
        .map(drop)
}

fn flush_file(cx: &Cx, file: Ref<'_>) -> Outcome<()> {
    if let Some(stream) = text_stream::of(file) {
        return stream.flush_text(cx);
    }
    let flush = attribute::get(cx, file, cx.world().names.flush())?;
    cx.call(flush.borrow(), Args::NONE).map(drop)
}

pub(super) fn input(cx: &Cx, prompt: Option<Ref<'_>>) -> Outcome {
    let lost = |name: &str| {
        let message = format!("input(): lost sys.{name}");
        cx.error(TypeId::RuntimeError, message)
    };
    let stream = |name| {
        let found = sys::stream(cx, cx.intern(name)).ok().flatten();
        found.ok_or_else(|| lost(name))
    };
    let (input, output) = (stream("stdin")?, stream("stdout")?);
    flush_file(cx, stream("stderr")?.borrow())?;
    if let Some(prompt) = prompt {
        let text = text::str(cx, prompt)?;
        match text_stream::of(output.borrow()) {
            Some(stream) => stream.write_text(cx, Wtf8::new(cx.text_of(text.borrow())))?,
            None => write_part(cx, output.borrow(), text.borrow())?,
        }
    }
    flush_file(cx, output.borrow())?;
    let line = match text_stream::of(input.borrow()) {
        Some(stream) => stream.line(cx)?,
        None => cx.call_method(input.borrow(), "readline", &[])?,
    };
    if !cx.is_instance(line.borrow(), TypeId::Str) {
        return Err(cx.type_error("object.readline() returned non-string"));
    }
    match cx.text_of(line.borrow()) {
        "" => Err(cx.error(TypeId::EOFError, "EOF when reading a line")),
        line => Ok(cx.str(line.strip_suffix('\n').unwrap_or(line))),
    }
}

/// Hands over to `sys.breakpointhook`, which a program may set.
pub(super) fn breakpoint(cx: &Cx, args: Ref<'_>, keywords: Ref<'_>) -> Outcome {
    let hook = attribute::in_dict(cx, cx.world().sys(), cx.intern("breakpointhook"))?;
    match hook {
        Some(hook) => with_collected(cx, args, keywords, |args| cx.call(hook.borrow(), args)),
        None => Err(cx.error(TypeId::RuntimeError, "lost sys.breakpointhook")),
    }
}

/// What the module of files does.
#[allow(clippy::too_many_arguments, reason = "open() has them")]
pub(super) fn open(
    cx: &Cx,
    file: Ref<'_>,
    mode: &str,
    buffering: i64,
    encoding: Ref<'_>,
    errors: Ref<'_>,
    newline: Ref<'_>,
    closefd: bool,
    opener: Ref<'_>,
) -> Outcome {
    let open = library::function(cx, "_iotext", "open")?;
    let (mode, buffering) = (cx.str(mode), cx.int(buffering));
    let closefd = Owned::bool(closefd);
    let given = [
        file,
        mode.borrow(),
        buffering.borrow(),
        encoding,
        errors,
        newline,
        closefd.borrow(),
        opener,
    ];
    cx.call(open.borrow(), Args::positional(&given))
}
