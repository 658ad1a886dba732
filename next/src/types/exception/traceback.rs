//! Tracebacks: what CPython prints about an exception that nobody caught.

use std::fmt::Write;

use super::{Entry, links, with};
use crate::eval::Outcome;
use crate::eval::cx::Cx;
use crate::eval::ops::{attribute, iterate, text};
use crate::refs::{Owned, Ref};
use crate::syntax::quote;

const CAUSE: &str = "\nThe above exception was the direct cause of the following exception:\n\n";
const CONTEXT: &str = "\nDuring handling of the above exception, another exception occurred:\n\n";

/// A place that repeats is shown so many times.
const REPEATS: usize = 3;

/// Prints an exception on standard error, below a line of introduction. Borrows it.
pub(crate) fn report(cx: &Cx, value: Ref<'_>, introduction: &str) {
    let mut out = introduction.to_owned();
    render(cx, value, &mut out);
    cx.shared.write_behind_output(&out);
}

/// The text of an exception, its cause and its context.
pub(crate) fn render(cx: &Cx, value: Ref<'_>, out: &mut String) {
    for (value, link) in links_of(cx, value) {
        *out += link;
        render_one(cx, value.borrow(), out);
    }
}

/// The exceptions in the order of printing, each with the text in front of it.
fn links_of(cx: &Cx, value: Ref<'_>) -> Vec<(Owned, &'static str)> {
    let mut chain: Vec<(Owned, &'static str)> = Vec::new();
    let mut next = Some(value.own());
    while let Some(value) = next.take() {
        let (cause, context, suppressed) = links(cx, value.borrow());
        let known = |link: &Owned| {
            let seen = chain.iter().any(|(seen, _)| seen.borrow() == link.borrow());
            seen || link.borrow() == value.borrow()
        };
        let link = match (cause, context) {
            (Some(cause), _) if !known(&cause) => Some((cause, CAUSE)),
            (None, Some(context)) if !suppressed && !known(&context) => Some((context, CONTEXT)),
            _ => None,
        };
        chain.push((value, link.as_ref().map_or("", |(_, text)| *text)));
        next = link.map(|(link, _)| link);
    }
    chain.reverse();
    chain
}

fn render_one(cx: &Cx, value: Ref<'_>, out: &mut String) {
    let entries = with(cx, value, |state| state.traceback.clone()).unwrap_or_default();
    if !entries.is_empty() {
        *out += "Traceback (most recent call last):\n";
        render_entries(&entries, out);
    }
    *out += &last_line(cx, value);
    for note in notes(cx, value).unwrap_or_default() {
        for line in note.split('\n') {
            let _ = writeln!(out, "{line}");
        }
    }
}

/// The texts of `__notes__`.
fn notes(cx: &Cx, value: Ref<'_>) -> Outcome<Vec<String>> {
    let name = cx.world().names.notes();
    let Some(notes) = attribute::find(cx, value, name)? else {
        return Ok(Vec::new());
    };
    let mut texts = Vec::new();
    iterate::each(cx, notes.borrow(), |note| {
        texts.push(text::str_text(cx, note.borrow())?);
        Ok(())
    })?;
    Ok(texts)
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
pub(crate) fn last_line(cx: &Cx, value: Ref<'_>) -> String {
    let class = shown_class(cx, value);
    match text::str_text(cx, value) {
        Ok(message) if message.is_empty() => format!("{class}\n"),
        Ok(message) => format!("{class}: {message}\n"),
        Err(_) => format!("{class}: <exception str() failed>\n"),
    }
}

/// The class's name, with its module unless that goes without saying.
fn shown_class(cx: &Cx, value: Ref<'_>) -> String {
    let class = cx.class_of(value);
    let name = crate::types::type_::qualified_name(cx, class);
    let module = crate::types::type_::module_name(cx, class);
    match module.as_deref() {
        None | Some("builtins" | "__main__") => name,
        Some(module) => format!("{module}.{name}"),
    }
}

/// `__traceback__`
pub(crate) fn object(_cx: &Cx, _value: Ref<'_>) -> Owned {
    Owned::NONE
}

/// Sets `__traceback__`.
pub(crate) fn set(cx: &Cx, value: Ref<'_>, traceback: Option<Ref<'_>>) -> Outcome<()> {
    match traceback {
        None => Err(cx.type_error("__traceback__ may not be deleted")),
        Some(traceback) if traceback.is_none() => {
            with(cx, value, |state| state.traceback.clear());
            Ok(())
        }
        Some(_) => Err(cx.type_error("__traceback__ must be a traceback or None")),
    }
}
