//! `UnicodeEncodeError`, `UnicodeDecodeError` and `UnicodeTranslateError`: what could not be converted, and why.

use crate::eval::cx::Cx;
use crate::eval::ops::{number, text};
use crate::eval::{Args, Outcome, Raised};
use crate::objects::str::Str;
use crate::refs::{Owned, Ref};
use crate::text::codec::Problem;
use crate::text::quote::escape;
use crate::types::define::class;
use crate::types::payload::Boxed;
use crate::types::{TypeId, bytes};

use super::Exception;
use super::details::extra;
use super::tables::init as init_args;

extra! {
    encoding set_encoding "encoding";
    object set_object "object";
    reason set_reason "reason";
}

class! {
    pub(crate) UNICODE_ENCODE_ERROR: Boxed<Exception> = "UnicodeEncodeError" (UnicodeError) {
        doc "Text cannot become bytes.";
        slots { init: init_encode, str: str_of_encode }
        get encoding, set_encoding;
        get object, set_object;
        get start, set_start;
        get end, set_end;
        get reason, set_reason;
    }
}

class! {
    pub(crate) UNICODE_DECODE_ERROR: Boxed<Exception> = "UnicodeDecodeError" (UnicodeError) {
        doc "Bytes cannot become text.";
        slots { init: init_decode, str: str_of_decode }
        get encoding, set_encoding;
        get object, set_object;
        get start, set_start;
        get end, set_end;
        get reason, set_reason;
    }
}

class! {
    pub(crate) UNICODE_TRANSLATE_ERROR: Boxed<Exception> = "UnicodeTranslateError" (UnicodeError) {
        doc "Text cannot become other text.";
        slots { init: init_translate, str: str_of_translate }
        get object, set_object;
        get start, set_start;
        get end, set_end;
        get reason, set_reason;
    }
}

/// An index; 0 in an exception that was not initialised.
fn index(cx: &Cx, this: Ref<'_>, name: &str) -> i64 {
    let held = super::more(cx, this, name);
    held.and_then(|held| held.borrow().as_small()).unwrap_or(0)
}

fn set_index(cx: &Cx, this: Ref<'_>, name: &'static str, value: Option<Ref<'_>>) -> Outcome<()> {
    let Some(value) = value else {
        return Err(cx.type_error("can't delete numeric/char attribute"));
    };
    if !number::is_index(cx, value) {
        return Err(cx.type_error("an integer is required"));
    }
    let value = number::index(cx, value)?;
    super::set_more(cx, this, name, cx.int(value));
    Ok(())
}

fn start(cx: &Cx, this: Ref<'_>) -> i64 {
    index(cx, this, "start")
}

fn set_start(cx: &Cx, this: Ref<'_>, value: Option<Ref<'_>>) -> Outcome<()> {
    set_index(cx, this, "start", value)
}

fn end(cx: &Cx, this: Ref<'_>) -> i64 {
    index(cx, this, "end")
}

fn set_end(cx: &Cx, this: Ref<'_>, value: Option<Ref<'_>>) -> Outcome<()> {
    set_index(cx, this, "end", value)
}

/// What an argument must be.
#[derive(Clone, Copy)]
enum Sort {
    Text,
    Bytes,
    Index,
}

const ENCODE: [(&str, Sort); 5] = [
    ("encoding", Sort::Text),
    ("object", Sort::Text),
    ("start", Sort::Index),
    ("end", Sort::Index),
    ("reason", Sort::Text),
];

const DECODE: [(&str, Sort); 5] = [
    ("encoding", Sort::Text),
    ("object", Sort::Bytes),
    ("start", Sort::Index),
    ("end", Sort::Index),
    ("reason", Sort::Text),
];

fn init_encode(cx: &Cx, this: Ref<'_>, args: Args<'_>) -> Outcome<()> {
    fill(cx, this, args, &ENCODE)
}

fn init_decode(cx: &Cx, this: Ref<'_>, args: Args<'_>) -> Outcome<()> {
    fill(cx, this, args, &DECODE)
}

fn init_translate(cx: &Cx, this: Ref<'_>, args: Args<'_>) -> Outcome<()> {
    fill(cx, this, args, &ENCODE[1..])
}

fn fill(
    cx: &Cx,
    this: Ref<'_>,
    args: Args<'_>,
    parts: &'static [(&'static str, Sort)],
) -> Outcome<()> {
    init_args(cx, this, args)?;
    let (given, wanted) = (args.positional.len(), parts.len());
    if given != wanted {
        return Err(cx.type_error(format!(
            "function takes exactly {wanted} arguments ({given} given)"
        )));
    }
    let mut values = Vec::new();
    for (place, ((_, sort), value)) in parts.iter().zip(args.positional).enumerate() {
        values.push(part(cx, *sort, place + 1, *value)?);
    }
    for ((name, _), value) in parts.iter().zip(values) {
        super::set_more(cx, this, name, value);
    }
    Ok(())
}

fn part(cx: &Cx, sort: Sort, place: usize, value: Ref<'_>) -> Outcome {
    let kind = || cx.type_name(value);
    match sort {
        Sort::Text if value.downcast::<Str>().is_some() => Ok(value.own()),
        Sort::Text => Err(cx.type_error(format!("argument {place} must be str, not {}", kind()))),
        Sort::Index => number::index(cx, value).map(|index| cx.int(index)),
        Sort::Bytes if cx.is_instance(value, TypeId::Bytes) => Ok(value.own()),
        Sort::Bytes => match bytes::data(cx, value) {
            Some(data) => Ok(bytes::new(cx, &data)),
            None => {
                Err(cx.type_error(format!("a bytes-like object is required, not '{}'", kind())))
            }
        },
    }
}

/// The parts as text: what the message says of the encoding and of the reason, and the range.
struct Shown {
    encoding: String,
    reason: String,
    start: i64,
    end: i64,
}

/// Nothing for an exception that was not initialised.
fn shown(cx: &Cx, this: Ref<'_>) -> Outcome<Option<(Owned, Shown)>> {
    let Some(object) = super::more(cx, this, "object") else {
        return Ok(None);
    };
    let said = |name: &str| match super::more(cx, this, name) {
        Some(value) => text::str_text(cx, value.borrow()),
        None => Ok(String::new()),
    };
    let shown = Shown {
        encoding: said("encoding")?,
        reason: said("reason")?,
        start: start(cx, this),
        end: end(cx, this),
    };
    Ok(Some((object, shown)))
}

impl Shown {
    /// The message: `one` is the only item in the way, when it is one and it is there.
    fn message(&self, verb: &str, what: &str, one: Option<String>) -> String {
        let Self { start, end, .. } = self;
        let place = match one {
            Some(one) => format!("{what} {one} in position {start}"),
            None => format!("{what}s in position {start}-{}", end - 1),
        };
        format!("{verb} {place}: {}", self.reason)
    }

    /// The index of the only item in the way, if it is one.
    fn only(&self) -> Option<usize> {
        let single = self.start >= 0 && self.end == self.start + 1;
        single.then_some(self.start as usize)
    }

    fn codec(&self, verb: &str) -> String {
        format!("'{}' codec can't {verb}", self.encoding)
    }
}

/// A character as messages show it.
fn character(object: Ref<'_>, index: Option<usize>) -> Option<String> {
    let text = crate::types::str::wtf8(object.downcast()?);
    let point = text.code_points().nth(index?)?;
    Some(format!("'{}'", escape(point.to_u32())))
}

fn str_of_encode(cx: &Cx, this: Ref<'_>) -> Outcome {
    let Some((object, shown)) = shown(cx, this)? else {
        return Ok(cx.str(""));
    };
    let one = character(object.borrow(), shown.only());
    Ok(cx.str(&shown.message(&shown.codec("encode"), "character", one)))
}

fn str_of_decode(cx: &Cx, this: Ref<'_>) -> Outcome {
    let Some((object, shown)) = shown(cx, this)? else {
        return Ok(cx.str(""));
    };
    let data = bytes::data(cx, object.borrow()).unwrap_or_default();
    let byte = shown.only().and_then(|index| data.get(index));
    let one = byte.map(|byte| format!("0x{byte:02x}"));
    Ok(cx.str(&shown.message(&shown.codec("decode"), "byte", one)))
}

fn str_of_translate(cx: &Cx, this: Ref<'_>) -> Outcome {
    let Some((object, shown)) = shown(cx, this)? else {
        return Ok(cx.str(""));
    };
    let one = character(object.borrow(), shown.only());
    Ok(cx.str(&shown.message("can't translate", "character", one)))
}

/// The exception for bytes that could not be decoded.
pub(crate) fn decode_error(cx: &Cx, data: &[u8], problem: &Problem) -> Raised {
    failed(
        cx,
        TypeId::UnicodeDecodeError,
        bytes::new(cx, data),
        problem,
    )
}

/// The exception for text that could not be encoded.
pub(crate) fn encode_error(cx: &Cx, text: Owned, problem: &Problem) -> Raised {
    failed(cx, TypeId::UnicodeEncodeError, text, problem)
}

fn failed(cx: &Cx, class: TypeId, object: Owned, problem: &Problem) -> Raised {
    let args = [
        cx.str(problem.encoding.name()),
        object,
        cx.int(problem.range.start as i64),
        cx.int(problem.range.end as i64),
        cx.str(problem.reason),
    ];
    let args: Vec<Ref<'_>> = args.iter().map(Owned::borrow).collect();
    match cx.call(cx.class(class).as_ref(), Args::positional(&args)) {
        Ok(made) => cx.raise(made),
        Err(raised) => raised,
    }
}
