//! Methods of strings.

mod format;
mod split;

use crate::eval::context::Context;
use crate::eval::iterator;
use crate::eval::other::{Native, Other};
use crate::eval::types::type_name;
use crate::eval::{Args, Outcome, convert};
use crate::objects::str::Str;
use crate::objects::tuple::Tuple;
use crate::objects::value::Value;

use super::arguments::keyword;
use super::tables::{ANY, method, with_keywords};

pub(super) const METHODS: &[Native] = &[
    method("lower", 0, 0, lower),
    method("upper", 0, 0, upper),
    method("casefold", 0, 0, lower),
    method("title", 0, 0, title),
    method("capitalize", 0, 0, capitalize),
    method("swapcase", 0, 0, swapcase),
    method("strip", 0, 1, strip),
    method("lstrip", 0, 1, lstrip),
    method("rstrip", 0, 1, rstrip),
    with_keywords(method("split", 0, 2, split::split)),
    with_keywords(method("rsplit", 0, 2, split::rsplit)),
    with_keywords(method("splitlines", 0, 1, split::splitlines)),
    method("join", 1, 1, join),
    with_keywords(method("replace", 2, 3, replace)),
    method("startswith", 1, 1, startswith),
    method("endswith", 1, 1, endswith),
    method("find", 1, 3, find),
    method("rfind", 1, 3, rfind),
    method("index", 1, 3, index),
    method("count", 1, 1, count),
    method("partition", 1, 1, split::partition),
    method("rpartition", 1, 1, split::rpartition),
    method("removeprefix", 1, 1, removeprefix),
    method("removesuffix", 1, 1, removesuffix),
    method("center", 1, 2, center),
    method("ljust", 1, 2, ljust),
    method("rjust", 1, 2, rjust),
    method("zfill", 1, 1, zfill),
    method("isdigit", 0, 0, isdigit),
    method("isdecimal", 0, 0, isdigit),
    method("isnumeric", 0, 0, isnumeric),
    method("isalpha", 0, 0, isalpha),
    method("isalnum", 0, 0, isalnum),
    method("isspace", 0, 0, isspace),
    method("isupper", 0, 0, isupper),
    method("islower", 0, 0, islower),
    method("isidentifier", 0, 0, isidentifier),
    with_keywords(method("encode", 0, 2, encode)),
    with_keywords(method("format", 0, ANY, format::format)),
];

/// The receiver's text.
fn text<'a>(args: &Args<'a>) -> &'a str {
    let text = args.positional[0].downcast::<Str>().map_or("", Str::as_str);
    // SAFETY: text never changes and is borrowed from the arguments, which the caller keeps alive for their lifetime.
    unsafe { &*std::ptr::from_ref(text) }
}

/// A string argument.
fn argument<'a>(
    cx: &mut Context<'_>,
    args: &Args<'a>,
    index: usize,
    name: &str,
) -> Outcome<&'a str> {
    let value = &args.positional[index];
    match value.downcast::<Str>() {
        // SAFETY: as in `text`.
        Some(text) => Ok(unsafe { &*std::ptr::from_ref(text.as_str()) }),
        None => {
            let message = format!(
                "{name}() argument {index} must be str, not {}",
                type_name(value)
            );
            Err(cx.type_error(message))
        }
    }
}

fn lower(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    Ok(cx.str(&text(&args).to_lowercase()))
}

fn upper(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    Ok(cx.str(&text(&args).to_uppercase()))
}

fn title(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    let mut inside = false;
    let mut out = String::new();
    for c in text(&args).chars() {
        if inside {
            out.extend(c.to_lowercase())
        } else {
            out.extend(c.to_uppercase())
        }
        inside = c.is_alphabetic();
    }
    Ok(cx.str(&out))
}

fn capitalize(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    let mut characters = text(&args).chars();
    let first: String = characters
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .collect();
    Ok(cx.str(&(first + &characters.as_str().to_lowercase())))
}

fn swapcase(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    let mut out = String::new();
    for c in text(&args).chars() {
        if c.is_uppercase() {
            out.extend(c.to_lowercase())
        } else {
            out.extend(c.to_uppercase())
        }
    }
    Ok(cx.str(&out))
}

/// Removes characters at the chosen ends: white space, or those in the argument.
fn trim(cx: &mut Context<'_>, args: Args<'_>, name: &str, left: bool, right: bool) -> Outcome {
    let set = match args.get(1).filter(|set| !set.is_none()) {
        Some(set) => match set.downcast::<Str>() {
            Some(set) => Some(set.as_str().to_owned()),
            None => return Err(cx.type_error(format!("{name} arg must be None or str"))),
        },
        None => None,
    };
    let goes = |c: char| {
        set.as_ref()
            .map_or(c.is_whitespace(), |set| set.contains(c))
    };
    let mut rest = text(&args);
    rest = if left {
        rest.trim_start_matches(goes)
    } else {
        rest
    };
    rest = if right {
        rest.trim_end_matches(goes)
    } else {
        rest
    };
    Ok(cx.str(rest))
}

fn strip(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    trim(cx, args, "strip", true, true)
}

fn lstrip(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    trim(cx, args, "lstrip", true, false)
}

fn rstrip(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    trim(cx, args, "rstrip", false, true)
}

fn join(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    if !iterator::is_iterable(cx, args.positional[1]) {
        return Err(cx.type_error("can only join an iterable"));
    }
    let pieces = iterator::collect(cx, args.positional[1])?;
    let wrong = pieces
        .iter()
        .position(|piece| piece.downcast::<Str>().is_none());
    let result = match wrong {
        Some(position) => {
            let kind = type_name(&pieces[position]);
            Err(cx.type_error(format!(
                "sequence item {position}: expected str instance, {kind} found"
            )))
        }
        None => {
            let texts: Vec<&str> = pieces
                .iter()
                .filter_map(Value::downcast::<Str>)
                .map(Str::as_str)
                .collect();
            Ok(cx.str(&texts.join(text(&args))))
        }
    };
    cx.drop_all(pieces);
    result
}

fn replace(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    let (old, new) = (
        argument(cx, &args, 1, "replace")?,
        argument(cx, &args, 2, "replace")?,
    );
    let limit = match args.get(3).or_else(|| keyword(args, "count")) {
        Some(limit) => usize::try_from(convert::index(cx, limit)?).unwrap_or(usize::MAX),
        None => usize::MAX,
    };
    Ok(cx.str(&text(&args).replacen(old, new, limit)))
}

/// Whether a test holds for the argument or, if it is a tuple, for one in it.
fn any_of(
    cx: &mut Context<'_>,
    args: Args<'_>,
    name: &str,
    test: impl Fn(&str) -> bool,
) -> Outcome {
    let value = args.positional[1];
    let single = [value];
    let options = value.downcast::<Tuple>().map_or(&single[..], Tuple::items);
    for option in options {
        match option.downcast::<Str>() {
            Some(option) if test(option.as_str()) => return Ok(Value::TRUE),
            Some(_) => {}
            None => {
                let kind = type_name(option);
                let message = format!("{name} first arg must be str or a tuple of str, not {kind}");
                return Err(cx.type_error(message));
            }
        }
    }
    Ok(Value::FALSE)
}

fn startswith(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    any_of(cx, args, "startswith", |prefix| {
        text(&args).starts_with(prefix)
    })
}

fn endswith(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    any_of(cx, args, "endswith", |suffix| text(&args).ends_with(suffix))
}

/// Byte offset of a character position, which is clamped.
fn offset_of(text: &str, position: i64) -> usize {
    let length = text.chars().count() as i64;
    let position = position + if position < 0 { length } else { 0 };
    let position = position.clamp(0, length) as usize;
    text.char_indices()
        .nth(position)
        .map_or(text.len(), |(offset, _)| offset)
}

/// The position of the argument between the optional bounds.
fn search(
    cx: &mut Context<'_>,
    args: Args<'_>,
    name: &str,
    from_end: bool,
) -> Outcome<Option<usize>> {
    let (text, part) = (text(&args), argument(cx, &args, 1, name)?);
    let start = match args.get(2).filter(|value| !value.is_none()) {
        Some(start) => offset_of(text, convert::index(cx, start)?),
        None => 0,
    };
    let end = match args.get(3).filter(|value| !value.is_none()) {
        Some(end) => offset_of(text, convert::index(cx, end)?),
        None => text.len(),
    };
    let Some(window) = text.get(start..end) else {
        return Ok(None);
    };
    let found = if from_end {
        window.rfind(part)
    } else {
        window.find(part)
    };
    Ok(found.map(|offset| text[..start + offset].chars().count()))
}

fn find(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    let found = search(cx, args, "find", false)?;
    Ok(cx.int(found.map_or(-1, |position| position as i64)))
}

fn rfind(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    let found = search(cx, args, "rfind", true)?;
    Ok(cx.int(found.map_or(-1, |position| position as i64)))
}

fn index(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    match search(cx, args, "index", false)? {
        Some(position) => Ok(cx.int(position as i64)),
        None => Err(cx.value_error("substring not found")),
    }
}

fn count(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    let part = argument(cx, &args, 1, "count")?;
    let count = match part.is_empty() {
        true => text(&args).chars().count() + 1,
        false => text(&args).matches(part).count(),
    };
    Ok(cx.int(count as i64))
}

fn removeprefix(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    let prefix = argument(cx, &args, 1, "removeprefix")?;
    Ok(cx.str(text(&args).strip_prefix(prefix).unwrap_or(text(&args))))
}

fn removesuffix(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    let suffix = argument(cx, &args, 1, "removesuffix")?;
    Ok(cx.str(text(&args).strip_suffix(suffix).unwrap_or(text(&args))))
}

/// The text with fill characters; `share` says how many of the missing ones go in front.
fn pad(cx: &mut Context<'_>, args: Args<'_>, share: impl Fn(usize, usize) -> usize) -> Outcome {
    let width = convert::index(cx, args.positional[1])?.max(0) as usize;
    let fill = match args.get(2) {
        Some(fill) => convert::text(cx, &fill, "The fill character")?.to_owned(),
        None => " ".to_owned(),
    };
    if fill.chars().count() != 1 {
        return Err(cx.type_error("The fill character must be exactly one character long"));
    }
    let missing = width.saturating_sub(text(&args).chars().count());
    let before = share(missing, width);
    let padded = [
        &fill.repeat(before),
        text(&args),
        &fill.repeat(missing - before),
    ]
    .concat();
    Ok(cx.str(&padded))
}

fn center(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    pad(cx, args, |missing, width| {
        missing / 2 + (missing & width & 1)
    })
}

fn ljust(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    pad(cx, args, |_, _| 0)
}

fn rjust(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    pad(cx, args, |missing, _| missing)
}

fn zfill(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    let width = convert::index(cx, args.positional[1])?.max(0) as usize;
    let whole = text(&args);
    let digits = whole.strip_prefix(['+', '-']).unwrap_or(whole);
    let sign = &whole[..whole.len() - digits.len()];
    let missing = width.saturating_sub(whole.chars().count());
    Ok(cx.str(&[sign, &"0".repeat(missing), digits].concat()))
}

/// Whether there is a character and all fit.
fn all(args: Args<'_>, fits: impl Fn(char) -> bool) -> Outcome {
    Ok(Value::bool(
        !text(&args).is_empty() && text(&args).chars().all(fits),
    ))
}

fn isdigit(_cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    all(args, |c| {
        c.is_ascii_digit() || !c.is_ascii() && c.is_numeric()
    })
}

fn isnumeric(_cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    all(args, char::is_numeric)
}

fn isalpha(_cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    all(args, char::is_alphabetic)
}

fn isalnum(_cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    all(args, char::is_alphanumeric)
}

fn isspace(_cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    all(args, char::is_whitespace)
}

fn isupper(_cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    let text = text(&args);
    Ok(Value::bool(
        text.chars().any(char::is_uppercase) && !text.chars().any(char::is_lowercase),
    ))
}

fn islower(_cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    let text = text(&args);
    Ok(Value::bool(
        text.chars().any(char::is_lowercase) && !text.chars().any(char::is_uppercase),
    ))
}

fn isidentifier(_cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    let mut characters = text(&args).chars();
    let starts = characters
        .next()
        .is_some_and(|c| c.is_alphabetic() || c == '_');
    Ok(Value::bool(
        starts && characters.all(|c| c.is_alphanumeric() || c == '_'),
    ))
}

fn encode(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    Ok(Other::Bytes(text(&args).as_bytes().into()).alloc(cx.ts))
}
