//! Tracebacks: what CPython prints about an exception that nobody caught.

use std::fmt::Write;

use crate::eval::context::Context;
use crate::eval::exception::{self, Entry};
use crate::eval::text;
use crate::eval::types::type_of;
use crate::objects::value::Value;
use crate::syntax::quote;

const CAUSE: &str = "\nThe above exception was the direct cause of the following exception:\n\n";
const CONTEXT: &str = "\nDuring handling of the above exception, another exception occurred:\n\n";

/// A place that repeats is shown so many times.
const REPEATS: usize = 3;

/// Prints an exception on standard error, below a line of introduction. Borrows it.
pub(crate) fn report(cx: &mut Context<'_>, value: Value, introduction: &str) {
    let mut out = introduction.to_owned();
    render(cx, value, &mut out);
    cx.shared.write_behind_output(&out);
}

/// The text of an exception, its cause and its context.
pub(crate) fn render(cx: &mut Context<'_>, value: Value, out: &mut String) {
    for (value, link) in chain(cx, value) {
        *out += link;
        render_one(cx, value, out);
        cx.drop(value);
    }
}

/// The exceptions in the order of printing, new references, each with the text in front of it.
fn chain(cx: &Context<'_>, value: Value) -> Vec<(Value, &'static str)> {
    let mut chain = Vec::new();
    let mut next = Some(cx.new_ref(value));
    while let Some(value) = next.take() {
        let (cause, context, suppressed) = exception::links(cx.ts, &value);
        let known = |link: Value| chain.iter().any(|(seen, _)| *seen == link) || link == value;
        let link = match (cause, context) {
            (Some(cause), _) if !known(cause) => Some((cause, CAUSE)),
            (None, Some(context)) if !suppressed && !known(context) => Some((context, CONTEXT)),
            _ => None,
        };
        let unused = [cause, context].into_iter().flatten();
        cx.drop_all(unused.filter(|other| link.is_none_or(|(link, _)| link != *other)));
        chain.push((value, link.map_or("", |(_, text)| text)));
        next = link.map(|(link, _)| link);
    }
    chain.reverse();
    chain
}

fn render_one(cx: &mut Context<'_>, value: Value, out: &mut String) {
    let entries =
        exception::with(cx.ts, &value, |state| state.traceback.clone()).unwrap_or_default();
    if !entries.is_empty() {
        *out += "Traceback (most recent call last):\n";
        render_entries(&entries, out);
    }
    *out += &last_line(cx, value);
    let notes = exception::with(cx.ts, &value, |state| state.notes.clone()).unwrap_or_default();
    for line in notes.iter().flat_map(|note| note.split('\n')) {
        let _ = writeln!(out, "{line}");
    }
}

/// The outermost place first; a place that repeats is abbreviated.
fn render_entries(entries: &[Entry], out: &mut String) {
    let mut repeats = 0;
    let mut before = None;
    for entry in entries.iter().rev() {
        let line = line_of(entry);
        let place = Some((entry.code, line));
        repeats = if before == place {
            repeats + 1
        } else {
            end_repeats(repeats, out)
        };
        before = place;
        if repeats < REPEATS {
            render_entry(entry, line, out);
        }
    }
    end_repeats(repeats, out);
}

/// Says how often the last place came again; gives the count for a new one.
fn end_repeats(repeats: usize, out: &mut String) -> usize {
    if repeats >= REPEATS {
        let more = repeats + 1 - REPEATS;
        let plural = if more == 1 { "" } else { "s" };
        let _ = writeln!(out, "  [Previous line repeated {more} more time{plural}]");
    }
    0
}

fn line_of(entry: &Entry) -> u32 {
    let span = entry.code.code.spans[entry.instruction as usize];
    entry.code.source().line_of(span.start)
}

fn render_entry(entry: &Entry, line: u32, out: &mut String) {
    let (code, source) = (&entry.code.code, entry.code.source());
    let _ = writeln!(
        out,
        "  File \"{}\", line {line}, in {}",
        source.name(),
        code.name
    );
    *out += &quote(source, code.spans[entry.instruction as usize]);
}

/// `Class: message`
pub(crate) fn last_line(cx: &mut Context<'_>, value: Value) -> String {
    let class = type_of(&value).name();
    match text::str(cx, value) {
        Ok(message) if message.is_empty() => format!("{class}\n"),
        Ok(message) => format!("{class}: {message}\n"),
        Err(raised) => {
            cx.drop(raised.0);
            format!("{class}: <exception str() failed>\n")
        }
    }
}
