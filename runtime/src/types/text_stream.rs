//! `TextIOWrapper`, as far as the standard streams need it: text that is encoded in UTF-8 on its way out, and lines that
//! come in.

use std::io::IsTerminal;

use crate::eval::cx::Cx;
use crate::eval::streams::{Input, read_line};
use crate::eval::{Args, Outcome, Raised};
use crate::objects::str::Str;
use crate::refs::{Owned, Ref};
use crate::sync::atomic::AtomicU8;
use crate::sync::atomic::Ordering::Relaxed;
use crate::types::TypeId;
use crate::types::class::Class;
use crate::types::define::class;
use crate::types::lock::Lock;
use crate::types::payload::{self, Boxed, payload};
use crate::types::wait::Patience;

/// Which stream it is; the number is the system's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standard {
    Input = 0,
    Output = 1,
    Error = 2,
}

/// A standard stream.
pub(crate) struct TextStream {
    pub(crate) standard: Standard,
    closed: AtomicU8,
    /// Held by whoever reads.
    reading: Lock,
}

payload!(TextStream as TextIOWrapper, "stream", |_this, _visit| {});

class! {
    pub(crate) TEXT_STREAM: Boxed<TextStream> = "TextIOWrapper" (Object) {
        sealed;
        with_dict;
        with_weak;
        module "_io";
        doc "Character and line based layer over a standard stream.";
        slots { new: refuse, repr: repr, iter: iter, next: next }
        /// Write string s to stream. Return the number of characters written.
        method write(self, s, /);
        /// Write a list of lines to stream.
        method writelines(self, lines, /);
        /// Write out what has gathered.
        method flush(self, /);
        /// Read at most size characters; without a size, until the end.
        method read(self, size = None, /);
        /// Read until newline or the end.
        method readline(self, size = -1, /);
        /// Return a list of lines.
        method readlines(self, hint = -1, /);
        /// Whether the stream can be read.
        method readable(self, /);
        /// Whether the stream can be written.
        method writable(self, /);
        /// Whether the position in the stream can be changed.
        method seekable(self, /);
        /// Whether the stream is a terminal.
        method isatty(self, /);
        /// The system's number of the stream.
        method fileno(self, /);
        /// Flush and close the stream; the system's stream stays open.
        method close(self, /);
        /// Change how lines are buffered.
        method reconfigure(self, *, encoding = None, errors = None, newline = None, line_buffering = None, write_through = None);
        method __enter__ as enter(self, /);
        method __exit__ as exit(self, *exc_info);
        get encoding;
        get errors;
        get name;
        get mode;
        get newlines;
        get closed;
        get line_buffering;
        get __dict__ as dict;
    }
}

/// A new standard stream.
pub(crate) fn new(cx: &Cx, standard: Standard) -> Owned {
    let stream = TextStream {
        standard,
        closed: AtomicU8::new("stream closed", 0),
        reading: Lock::new(),
    };
    payload::new(cx, stream)
}

impl TextStream {
    fn is_closed(&self) -> bool {
        // ORDERING: relaxed: the flag carries nothing but itself.
        self.closed.load(Relaxed) != 0
    }

    fn open(&self, cx: &Cx) -> Outcome<()> {
        match self.is_closed() {
            true => Err(cx.value_error("I/O operation on closed file.")),
            false => Ok(()),
        }
    }

    /// Writes text.
    pub(crate) fn write_text(&self, cx: &Cx, text: &str) -> Outcome<()> {
        self.open(cx)?;
        if self.standard == Standard::Input {
            return Err(unsupported(cx, "not writable"));
        }
        cx.shared
            .write(self.standard == Standard::Error, text)
            .map_err(|error| crate::types::exception::system_error(cx, &error))
    }

    /// Writes out what has gathered.
    pub(crate) fn flush_text(&self, cx: &Cx) -> Outcome<()> {
        self.open(cx)?;
        if self.standard == Standard::Input {
            return Ok(());
        }
        cx.shared
            .flush_one(self.standard == Standard::Error)
            .map_err(|error| crate::types::exception::system_error(cx, &error))
    }

    /// The next line with its end; nothing at the end of the input.
    pub(crate) fn line(&self, cx: &Cx) -> Outcome<String> {
        self.open(cx)?;
        if self.standard != Standard::Input {
            return Err(unsupported(cx, "not readable"));
        }
        // What was printed before is seen before the program waits.
        let _ = cx.shared.flush();
        self.reading.acquire(cx, Patience::Forever)?;
        let read = self.read_alone(cx);
        self.reading.release(cx);
        let bytes = read.map_err(|error| crate::types::exception::system_error(cx, &error))?;
        let text = String::from_utf8(bytes)
            .map_err(|_| cx.value_error("standard input is not valid UTF-8"))?;
        Ok(match text.strip_suffix("\r\n") {
            Some(line) => format!("{line}\n"),
            None => text,
        })
    }

    /// Reads a line while no other thread does. The thread waits for the system outside of the interpreter.
    fn read_alone(&self, cx: &Cx) -> std::io::Result<Vec<u8>> {
        let input = &cx.shared.streams.input;
        let mut taken: Input = input.with(cx.lot(), Option::take);
        let line = cx.blocking(|| read_line(&mut taken));
        input.with(cx.lot(), |place| *place = taken);
        line
    }
}

fn unsupported(cx: &Cx, message: &str) -> Raised {
    cx.value_error(message)
}

fn repr(cx: &Cx, this: Ref<'_>) -> Outcome {
    let stream = this.payload::<TextStream>().expect("a stream");
    Ok(cx.str(&format!(
        "<_io.TextIOWrapper name='{}' mode='{}' encoding='utf-8'>",
        name(cx, stream),
        mode(cx, stream)
    )))
}

fn write(cx: &Cx, stream: &TextStream, text: Ref<'_>) -> Outcome<usize> {
    let Some(text) = text.downcast::<Str>() else {
        let kind = cx.type_name(text);
        return Err(cx.type_error(format!("write() argument must be str, not {kind}")));
    };
    stream.write_text(cx, text.as_str())?;
    Ok(text.as_str().chars().count())
}

fn writelines(cx: &Cx, stream: &TextStream, lines: Ref<'_>) -> Outcome<()> {
    crate::eval::ops::iterate::each(cx, lines, |line| write(cx, stream, line.borrow()).map(drop))
}

fn flush(cx: &Cx, stream: &TextStream) -> Outcome<()> {
    stream.flush_text(cx)
}

fn read(cx: &Cx, stream: &TextStream, size: Option<i64>) -> Outcome<String> {
    let size = size.filter(|size| *size >= 0);
    if size.is_some() {
        return Err(unsupported(
            cx,
            "reading a number of characters is not supported; use readline() or read()",
        ));
    }
    let mut all = String::new();
    loop {
        let line = stream.line(cx)?;
        if line.is_empty() {
            return Ok(all);
        }
        all += &line;
    }
}

fn readline(cx: &Cx, stream: &TextStream, size: i64) -> Outcome<String> {
    match size < 0 {
        true => stream.line(cx),
        false => Err(unsupported(
            cx,
            "reading a part of a line is not supported; use readline()",
        )),
    }
}

fn readlines(cx: &Cx, stream: &TextStream, hint: i64) -> Outcome<Vec<Owned>> {
    let (mut lines, mut length) = (Vec::new(), 0);
    loop {
        let line = stream.line(cx)?;
        if line.is_empty() {
            return Ok(lines);
        }
        length += line.chars().count() as i64;
        lines.push(cx.str(&line));
        if hint > 0 && length >= hint {
            return Ok(lines);
        }
    }
}

fn iter(_cx: &Cx, this: Ref<'_>) -> Outcome {
    Ok(this.own())
}

fn next(cx: &Cx, this: Ref<'_>) -> Outcome<Option<Owned>> {
    let stream = this.payload::<TextStream>().expect("a stream");
    let line = stream.line(cx)?;
    Ok((!line.is_empty()).then(|| cx.str(&line)))
}

fn readable(cx: &Cx, stream: &TextStream) -> Outcome<bool> {
    stream.open(cx)?;
    Ok(stream.standard == Standard::Input)
}

fn writable(cx: &Cx, stream: &TextStream) -> Outcome<bool> {
    stream.open(cx)?;
    Ok(stream.standard != Standard::Input)
}

fn seekable(cx: &Cx, stream: &TextStream) -> Outcome<bool> {
    stream.open(cx)?;
    Ok(false)
}

fn isatty(cx: &Cx, stream: &TextStream) -> Outcome<bool> {
    stream.open(cx)?;
    Ok(match stream.standard {
        Standard::Input => std::io::stdin().is_terminal(),
        Standard::Output => std::io::stdout().is_terminal(),
        Standard::Error => std::io::stderr().is_terminal(),
    })
}

fn fileno(cx: &Cx, stream: &TextStream) -> Outcome<i64> {
    stream.open(cx)?;
    Ok(stream.standard as i64)
}

fn close(cx: &Cx, stream: &TextStream) -> Outcome<()> {
    if stream.is_closed() {
        return Ok(());
    }
    let flushed = stream.flush_text(cx);
    // ORDERING: relaxed, as in `is_closed`.
    stream.closed.store(1, Relaxed);
    flushed
}

fn reconfigure(
    cx: &Cx,
    stream: &TextStream,
    encoding: Option<Ref<'_>>,
    _errors: Option<Ref<'_>>,
    _newline: Option<Ref<'_>>,
    line_buffering: Option<bool>,
    _write_through: Option<bool>,
) -> Outcome<()> {
    let is_utf8 = |text: &str| matches!(text.to_lowercase().as_str(), "utf-8" | "utf8");
    if encoding.is_some_and(|encoding| !is_utf8(cx.text_of(encoding))) {
        return Err(unsupported(cx, "standard streams are UTF-8"));
    }
    stream.flush_text(cx)?;
    if let (Some(lines), true) = (line_buffering, stream.standard != Standard::Input) {
        let output = cx.shared.streams.output(stream.standard == Standard::Error);
        output.with(cx.lot(), |output| output.set_line_buffered(lines));
    }
    Ok(())
}

fn enter(cx: &Cx, this: Ref<'_>) -> Outcome {
    this.payload::<TextStream>().expect("a stream").open(cx)?;
    Ok(this.own())
}

fn exit(cx: &Cx, stream: &TextStream, _exc_info: Ref<'_>) -> Outcome<()> {
    close(cx, stream)
}

fn encoding(_cx: &Cx, _stream: &TextStream) -> &'static str {
    "utf-8"
}

fn errors(_cx: &Cx, stream: &TextStream) -> &'static str {
    match stream.standard {
        Standard::Error => "backslashreplace",
        _ => "strict",
    }
}

fn name(_cx: &Cx, stream: &TextStream) -> &'static str {
    match stream.standard {
        Standard::Input => "<stdin>",
        Standard::Output => "<stdout>",
        Standard::Error => "<stderr>",
    }
}

fn mode(_cx: &Cx, stream: &TextStream) -> &'static str {
    match stream.standard {
        Standard::Input => "r",
        _ => "w",
    }
}

fn newlines(_cx: &Cx, _stream: &TextStream) {}

fn closed(_cx: &Cx, stream: &TextStream) -> bool {
    stream.is_closed()
}

fn line_buffering(cx: &Cx, stream: &TextStream) -> bool {
    let output = match stream.standard {
        Standard::Input => return false,
        standard => cx.shared.streams.output(standard == Standard::Error),
    };
    output.with(cx.lot(), |output| output.is_line_buffered())
}

fn dict(cx: &Cx, this: Ref<'_>) -> Option<Owned> {
    crate::eval::ops::attribute::dict_of(cx, this)
}

/// The stream, when a value is one and programs cannot have changed what it does.
pub(crate) fn of(value: Ref<'_>) -> Option<&TextStream> {
    value.payload()
}

/// Nobody makes one: the standard streams are all.
pub(crate) fn refuse(cx: &Cx, _class: &Class, _args: Args<'_>) -> Outcome {
    Err(cx.error(
        TypeId::NotImplementedError,
        "only the standard streams are TextIOWrapper objects",
    ))
}
