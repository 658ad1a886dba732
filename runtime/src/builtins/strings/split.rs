//! Methods that take a string apart.

use super::{argument, text};
use crate::builtins::arguments::{allow, either};
use crate::eval::context::Context;
use crate::eval::{Args, Outcome, convert};
use crate::objects::list;
use crate::objects::value::Value;

/// A list of strings.
fn list_of(cx: &Context<'_>, pieces: &[&str]) -> Value {
    let pieces: Vec<Value> = pieces.iter().map(|piece| cx.str(piece)).collect();
    list::new(cx.ts, &pieces)
}

/// Separator and limit of a split.
fn split_options(
    cx: &mut Context<'_>,
    args: Args<'_>,
    name: &str,
) -> Outcome<(Option<String>, usize)> {
    allow(cx, name, args, &["sep", "maxsplit"])?;
    let separator = match either(args, 1, "sep").filter(|value| !value.is_none()) {
        Some(value) => Some(convert::text(cx, &value, "sep")?.to_owned()),
        None => None,
    };
    if separator.as_deref() == Some("") {
        return Err(cx.value_error("empty separator"));
    }
    let limit = match either(args, 2, "maxsplit") {
        Some(limit) => usize::try_from(convert::index(cx, limit)?).unwrap_or(usize::MAX),
        None => usize::MAX,
    };
    Ok((separator, limit))
}

pub(super) fn split(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    let (separator, limit) = split_options(cx, args, "split")?;
    let pieces: Vec<&str> = match &separator {
        Some(separator) => text(&args)
            .splitn(limit.saturating_add(1), separator.as_str())
            .collect(),
        None => split_words(text(&args), limit),
    };
    Ok(list_of(cx, &pieces))
}

fn split_words(text: &str, limit: usize) -> Vec<&str> {
    let mut words = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        if words.len() == limit {
            words.push(rest.trim_end());
            break;
        }
        let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
        words.push(&rest[..end]);
        rest = rest[end..].trim_start();
    }
    words
}

pub(super) fn rsplit(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    let (separator, limit) = split_options(cx, args, "rsplit")?;
    let mut pieces: Vec<&str> = match &separator {
        Some(separator) => text(&args)
            .rsplitn(limit.saturating_add(1), separator.as_str())
            .collect(),
        None => rsplit_words(text(&args), limit),
    };
    pieces.reverse();
    Ok(list_of(cx, &pieces))
}

fn rsplit_words(text: &str, limit: usize) -> Vec<&str> {
    let mut words = Vec::new();
    let mut rest = text.trim_end();
    while !rest.is_empty() {
        if words.len() == limit {
            words.push(rest.trim_start());
            break;
        }
        let start = rest.rfind(char::is_whitespace).map_or(0, |at| {
            at + rest[at..].chars().next().map_or(1, char::len_utf8)
        });
        words.push(&rest[start..]);
        rest = rest[..start].trim_end();
    }
    words
}

pub(super) fn splitlines(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    let keep = match either(args, 1, "keepends") {
        Some(keep) => convert::is_true(cx, keep)?,
        None => false,
    };
    let mut lines: Vec<&str> = text(&args).split_inclusive('\n').collect();
    if !keep {
        for line in &mut lines {
            *line = line.strip_suffix('\n').unwrap_or(line);
            *line = line.strip_suffix('\r').unwrap_or(line);
        }
    }
    Ok(list_of(cx, &lines))
}

fn triple(cx: &Context<'_>, parts: [&str; 3]) -> Value {
    let parts = parts.map(|part| cx.str(part));
    cx.tuple(&parts)
}

pub(super) fn partition(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    let separator = argument(cx, &args, 1, "partition")?;
    if separator.is_empty() {
        return Err(cx.value_error("empty separator"));
    }
    Ok(match text(&args).split_once(separator) {
        Some((before, after)) => triple(cx, [before, separator, after]),
        None => triple(cx, [text(&args), "", ""]),
    })
}

pub(super) fn rpartition(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    let separator = argument(cx, &args, 1, "rpartition")?;
    if separator.is_empty() {
        return Err(cx.value_error("empty separator"));
    }
    Ok(match text(&args).rsplit_once(separator) {
        Some((before, after)) => triple(cx, [before, separator, after]),
        None => triple(cx, ["", "", text(&args)]),
    })
}
