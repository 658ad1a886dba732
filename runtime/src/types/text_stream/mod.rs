//! `TextIOWrapper`, as far as the standard streams need it: text that is encoded in UTF-8 on its way out, and lines that
//! come in. Files of programs are streams of the module `io`.

mod reading;

use std::io::IsTerminal;

use crate::eval::cx::Cx;
use crate::eval::ops::attribute;
use crate::eval::streams::Stream;
use crate::eval::{Args, Outcome, Raised};
use crate::objects::str::Str;
use crate::protocols::mutex::Mutex;
use crate::refs::{Owned, Ref};
use crate::sync::atomic::AtomicU8;
use crate::sync::atomic::Ordering::Relaxed;
use crate::text::Wtf8;
use crate::types::TypeId;
use crate::types::buffer::Data;
use crate::types::class::Class;
use crate::types::define::class;
use crate::types::lock::Lock;
use crate::types::payload::{self, Boxed, payload};
use crate::types::{exception, str};

use reading::{next, read, read_bytes, readline, readlines};

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
    /// Text that was read, and not asked for yet.
    ahead: Mutex<String>,
}

payload!(TextStream as TextIOWrapper, "stream", |_this, _visit| {});

class! {
    pub(crate) TEXT_STREAM: Boxed<TextStream> = "TextIOWrapper" (Object) {
        sealed;
        with_dict;
        with_weak;
        module "_io";
        doc "A standard stream, as text.";
        slots { new: refuse, repr: repr, iter: iter, next: next }
        /// Writes text, and says how many characters that were.
        method write(self, s, /);
        /// Writes several texts.
        method writelines(self, lines, /);
        /// Write out what has gathered.
        method flush(self, /);
        /// Read at most size characters; without a size, until the end.
        method read(self, size = None, /);
        /// Read until newline or the end.
        method readline(self, size = -1, /);
        /// All lines that are left.
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
        method _read_bytes as read_bytes(self, size, /);
        method _write_bytes as write_bytes(self, data, /);
        method __enter__ as enter(self, /);
        method __exit__ as exit(self, *exc_info);
        /// What takes bytes for the stream.
        get buffer;
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
        ahead: Mutex::new("stdin text", String::new()),
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

    /// What it writes to.
    fn output<'a>(&self, cx: &'a Cx) -> &'a Stream {
        cx.shared.streams.output(self.standard == Standard::Error)
    }

    /// Writes text.
    pub(crate) fn write_text(&self, cx: &Cx, text: &Wtf8) -> Outcome<()> {
        self.open(cx)?;
        if self.standard == Standard::Input {
            return Err(unsupported(cx, "not writable"));
        }
        if text.is_utf8() {
            return self.put(cx, text.as_bytes());
        }
        let text = cx.wtf8(text.as_bytes());
        let text = text.borrow().downcast::<Str>().expect("it was made so");
        self.put(cx, &str::encode(cx, text, None, Some(errors(cx, self)))?)
    }

    fn put(&self, cx: &Cx, bytes: &[u8]) -> Outcome<()> {
        self.output(cx)
            .write(cx.ts, bytes)
            .map_err(|error| exception::system_error(cx, &error))
    }

    /// Writes out what has gathered.
    pub(crate) fn flush_text(&self, cx: &Cx) -> Outcome<()> {
        self.open(cx)?;
        if self.standard == Standard::Input {
            return Ok(());
        }
        self.output(cx)
            .flush(cx.ts)
            .map_err(|error| exception::system_error(cx, &error))
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
    stream.write_text(cx, str::wtf8(text))?;
    Ok(text.as_str().chars().count())
}

fn write_bytes(cx: &Cx, stream: &TextStream, data: Data<'_>) -> Outcome<usize> {
    stream.open(cx)?;
    if stream.standard == Standard::Input {
        return Err(unsupported(cx, "not writable"));
    }
    stream.put(cx, &data)?;
    Ok(data.len())
}

/// Made by the module of files when somebody asks, and the same from then on.
fn buffer(cx: &Cx, this: Ref<'_>) -> Outcome {
    let dict = attribute::dict_of(cx, this).expect("the class has dicts");
    let name = cx.intern("_buffer");
    if let Some(made) = attribute::in_dict(cx, dict.borrow(), name)? {
        return Ok(made);
    }
    let made = (cx.shared.above.bytes_of)(cx, this)?;
    attribute::set_in(cx, dict.borrow(), name, Some(made.borrow()))?;
    Ok(made)
}

fn writelines(cx: &Cx, stream: &TextStream, lines: Ref<'_>) -> Outcome<()> {
    crate::eval::ops::iterate::each(cx, lines, |line| write(cx, stream, line.borrow()).map(drop))
}

fn flush(cx: &Cx, stream: &TextStream) -> Outcome<()> {
    stream.flush_text(cx)
}

fn iter(_cx: &Cx, this: Ref<'_>) -> Outcome {
    Ok(this.own())
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
        stream.output(cx).set_line_buffered(cx.ts, lines);
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
    stream.standard != Standard::Input && stream.output(cx).is_line_buffered(cx.ts)
}

fn dict(cx: &Cx, this: Ref<'_>) -> Option<Owned> {
    attribute::dict_of(cx, this)
}

/// The stream, when a value is one and programs cannot have changed what it does.
pub(crate) fn of(value: Ref<'_>) -> Option<&TextStream> {
    value.payload()
}

/// Nobody makes one: the standard streams are all.
pub(crate) fn refuse(cx: &Cx, _class: &Class, _args: Args<'_>) -> Outcome {
    Err(cx.error(
        TypeId::NotImplementedError,
        "this class is that of the standard streams; io.TextIOWrapper makes others",
    ))
}
