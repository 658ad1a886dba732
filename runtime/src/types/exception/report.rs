//! What CPython prints about an exception that nobody caught: its places, its message, its notes, those that led to it,
//! and those inside it if it is a group.

use std::fmt::Write;
use std::iter;

use super::syntax;
use super::traceback::{Traceback, places};
use super::{group, links, suggest};
use crate::eval::cx::Cx;
use crate::eval::ops::{attribute, iterate, text};
use crate::refs::{Owned, Ref};
use crate::syntax::quote;
use crate::types::TypeId;

const CAUSE: &str = "\nThe above exception was the direct cause of the following exception:\n\n";
const CONTEXT: &str = "\nDuring handling of the above exception, another exception occurred:\n\n";

/// A place that repeats is shown so many times.
const REPEATS: usize = 3;
/// So many exceptions of a group are shown,
const WIDTH: usize = 15;
/// and so many groups inside one another.
const DEPTH: usize = 10;

/// Modules that are written in Python here, and not in CPython: their frames are not shown.
const HIDDEN: [&str; 2] = ["<frozen _io", "<frozen copyreg>"];

/// Prints an exception on standard error, below a line of introduction. Borrows it.
pub(crate) fn report(cx: &Cx, value: Ref<'_>, introduction: &str) {
    let text = introduction.to_owned() + &render(cx, value);
    cx.shared.write_behind_output(cx.ts, &text);
}

/// The text of an exception, its cause and its context.
pub(crate) fn render(cx: &Cx, value: Ref<'_>) -> String {
    let mut writer = Writer {
        cx,
        nodes: &plan(cx, value),
        depth: 0,
        must_close: false,
        out: String::new(),
    };
    writer.chain(0);
    writer.out
}

/// The text that is being written, and where in groups of groups it is.
struct Writer<'a> {
    cx: &'a Cx<'a>,
    nodes: &'a [Node],
    depth: usize,
    /// Whether the line below the last exception of a group is still missing.
    must_close: bool,
    out: String,
}

impl<'a> Writer<'a> {
    /// An exception behind those that led to it.
    fn chain(&mut self, last: usize) {
        let link = |at: &usize| self.nodes[*at].link.map(|(link, _)| link);
        let chain: Vec<usize> = iter::successors(Some(last), link).collect();
        for &at in chain.iter().rev() {
            if let Some((_, text)) = self.nodes[at].link {
                self.emit(text);
            }
            let node = &self.nodes[at];
            match &node.parts {
                None => self.single(node.value.borrow()),
                Some(_) if self.depth > DEPTH => {
                    self.emit(&format!("... (max_group_depth is {DEPTH})\n"));
                }
                Some(parts) => self.group(node.value.borrow(), parts),
            }
        }
    }

    fn single(&mut self, value: Ref<'_>) {
        let places = places(self.cx, value);
        if !places.is_empty() {
            self.emit("Traceback (most recent call last):\n");
            self.emit(&render_places(&places));
        }
        let text = without_places(self.cx, value);
        self.emit(&text);
    }

    fn group(&mut self, value: Ref<'_>, parts: &[usize]) {
        let is_outermost = self.depth == 0;
        self.depth += usize::from(is_outermost);
        let places = places(self.cx, value);
        if !places.is_empty() {
            let margin = if is_outermost { '+' } else { '|' };
            self.emit_with(
                "Exception Group Traceback (most recent call last):\n",
                margin,
            );
            self.emit(&render_places(&places));
        }
        let text = without_places(self.cx, value);
        self.emit(&text);
        self.must_close = false;
        let shown = parts.len().min(WIDTH + 1);
        for index in 0..shown {
            self.part(parts, index, index + 1 == shown);
        }
        if is_outermost {
            self.depth = 0;
        }
    }

    /// One exception of a group, or how many are left out.
    fn part(&mut self, parts: &[usize], index: usize, is_last: bool) {
        self.must_close |= is_last;
        let corner = if index == 0 { "+-" } else { "  " };
        let title = match index {
            WIDTH => "...".to_owned(),
            _ => (index + 1).to_string(),
        };
        let margin = self.margin();
        let _ = writeln!(
            self.out,
            "{margin}{corner}+---------------- {title} ----------------"
        );
        self.depth += 1;
        if index < WIDTH {
            self.chain(parts[index]);
        } else {
            let left = parts.len() - WIDTH;
            let plural = if left > 1 { "s" } else { "" };
            self.emit(&format!("and {left} more exception{plural}\n"));
        }
        if is_last && self.must_close {
            let margin = self.margin();
            let _ = writeln!(self.out, "{margin}+------------------------------------");
            self.must_close = false;
        }
        self.depth -= 1;
    }

    fn margin(&self) -> String {
        " ".repeat(2 * self.depth)
    }

    fn emit(&mut self, text: &str) {
        self.emit_with(text, '|');
    }

    /// Writes lines behind the margin of the group that they belong to.
    fn emit_with(&mut self, text: &str, margin: char) {
        if self.depth == 0 {
            self.out += text;
            return;
        }
        for line in text.split_inclusive('\n') {
            let indent = self.margin();
            let _ = write!(self.out, "{indent}{margin} {line}");
        }
    }
}

/// An exception to be printed.
struct Node {
    value: Owned,
    /// What led to it, and the text between the two.
    link: Option<(usize, &'static str)>,
    /// Those inside it.
    parts: Option<Vec<usize>>,
}

/// All exceptions to be printed, the first one first, found in the order of CPython's `TracebackException`: what led to
/// one is left out if it is anywhere in what was found before.
fn plan(cx: &Cx, value: Ref<'_>) -> Vec<Node> {
    let mut nodes = vec![Node::new(value.own())];
    let mut waiting = vec![0];
    while let Some(at) = waiting.pop() {
        let (cause, context, suppressed) = links(cx, nodes[at].value.borrow());
        let is_new = |link: &Owned| {
            nodes
                .iter()
                .all(|node| node.value.borrow() != link.borrow())
        };
        let cause = cause.filter(is_new).map(|cause| (cause, CAUSE));
        let context = context.filter(|link| !suppressed && is_new(link));
        let link = cause.or(context.map(|context| (context, CONTEXT)));
        if let Some((link, text)) = link {
            nodes[at].link = Some((nodes.len(), text));
            waiting.push(nodes.len());
            nodes.push(Node::new(link));
        }
        if let Some(parts) = group::parts(cx, nodes[at].value.borrow()) {
            let places = nodes.len()..nodes.len() + parts.len();
            nodes.extend(parts.into_iter().map(Node::new));
            waiting.extend(places.clone());
            nodes[at].parts = Some(places.collect());
        }
    }
    nodes
}

impl Node {
    fn new(value: Owned) -> Self {
        Self {
            value,
            link: None,
            parts: None,
        }
    }
}

/// The last line and the notes.
pub(crate) fn without_places(cx: &Cx, value: Ref<'_>) -> String {
    let mut out = match cx.is_instance(value, TypeId::SyntaxError) {
        true => syntax::render(cx, value, &shown_class(cx, value)),
        false => last_line(cx, value),
    };
    add_notes(cx, value, &mut out);
    out
}

/// The texts of `__notes__`.
fn add_notes(cx: &Cx, value: Ref<'_>, out: &mut String) {
    let name = cx.world().names.notes();
    let notes = match attribute::find(cx, value, name) {
        Ok(Some(notes)) if !notes.borrow().is_none() => notes,
        Ok(_) => return,
        Err(_) => {
            *out += "Ignored error getting __notes__: <exception repr() failed>\n";
            return;
        }
    };
    let is_row = [TypeId::List, TypeId::Tuple]
        .iter()
        .any(|id| cx.is_instance(notes.borrow(), *id));
    if !is_row {
        let text = text::repr_text(cx, notes.borrow())
            .unwrap_or_else(|_| "<__notes__ repr() failed>".to_owned());
        let _ = writeln!(out, "{text}");
        return;
    }
    for note in iterate::collect(cx, notes.borrow()).unwrap_or_default() {
        let text =
            text::str_text(cx, note.borrow()).unwrap_or_else(|_| "<note str() failed>".to_owned());
        for line in text.split('\n') {
            let _ = writeln!(out, "{line}");
        }
    }
}

/// The outermost place first; a place that repeats is abbreviated.
fn render_places(places: &[Owned]) -> String {
    let mut out = String::new();
    let mut repeats = 0;
    let mut before: Option<Shown> = None;
    let places = places
        .iter()
        .map(|place| place.borrow().payload::<Traceback>());
    for shown in places.flatten().filter_map(Shown::new) {
        repeats = match &before {
            Some(before) if before.is_same(&shown) => repeats + 1,
            _ => end_repeats(repeats, &mut out),
        };
        if repeats < REPEATS {
            shown.render(&mut out);
        }
        before = Some(shown);
    }
    end_repeats(repeats, &mut out);
    out
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

/// What is shown of a place.
struct Shown {
    file: String,
    line: i64,
    name: String,
    quoted: String,
}

impl Shown {
    fn new(place: &Traceback) -> Option<Self> {
        let code = place.code()?;
        let source = code.source();
        if HIDDEN
            .iter()
            .any(|hidden| source.name().starts_with(hidden))
        {
            return None;
        }
        let (line, quoted) = match place.instruction() {
            Some(instruction) => {
                let span = code.code.spans[instruction as usize];
                (i64::from(source.line_of(span.start)), quote(source, span))
            }
            None => (place.line(), quote_line(source, place.line())),
        };
        Some(Self {
            file: source.name().to_owned(),
            line,
            name: code.code.name.to_string(),
            quoted,
        })
    }

    /// Whether two places are told in the same words.
    fn is_same(&self, other: &Self) -> bool {
        (self.line, &self.name, &self.file) == (other.line, &other.name, &other.file)
    }

    fn render(&self, out: &mut String) {
        let Self {
            file, line, name, ..
        } = self;
        let _ = writeln!(out, "  File \"{file}\", line {line}, in {name}");
        *out += &self.quoted;
    }
}

/// A whole line, without carets.
fn quote_line(source: &crate::syntax::Source, line: i64) -> String {
    let line = u32::try_from(line).unwrap_or(0);
    match source.line(line).trim() {
        "" => String::new(),
        text => format!("    {text}\n"),
    }
}

/// `Class: message`
fn last_line(cx: &Cx, value: Ref<'_>) -> String {
    let class = shown_class(cx, value);
    let message =
        text::str_text(cx, value).unwrap_or_else(|_| "<exception str() failed>".to_owned());
    let message = message + &suggest::hint(cx, value);
    match message.is_empty() {
        true => format!("{class}\n"),
        false => format!("{class}: {message}\n"),
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
