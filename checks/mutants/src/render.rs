//! The source with every mutant in it, each behind its switch.
//!
//! Around what a switch guards stand comments with the mutant's number, so that what the compiler says of a place can
//! be said of a mutant.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::ops::Range;

use crate::mutant::{Edit, Form, Mutant};
use crate::source::Source;

/// The function that the switches call.
const SWITCH: &str = "crate::mutate::on";

/// An edit and the number of its mutant.
type Numbered<'a> = (usize, &'a Edit);

/// The text of `source` with the mutants of it that are not in `dropped`. `mutants` holds those of all files.
#[must_use]
pub fn render(source: &Source, mutants: &[Mutant], dropped: &BTreeSet<usize>) -> String {
    let mut edits: Vec<Numbered<'_>> = Vec::new();
    for (number, mutant) in mutants.iter().enumerate() {
        if mutant.file == source.path && !dropped.contains(&number) {
            edits.extend(mutant.edits.iter().map(|edit| (number, edit)));
        }
    }
    // What stands before a place comes before what the place is a part of.
    edits.sort_by_key(|(number, edit)| {
        (
            edit.at.start,
            !edit.at.is_empty(),
            Reverse(edit.at.end),
            *number,
        )
    });
    Renderer { text: &source.text }.piece(0..source.text.len(), &edits)
}

struct Renderer<'a> {
    text: &'a str,
}

impl Renderer<'_> {
    /// The text of a range with these edits, which lie in it, the outer ones first.
    fn piece(&self, range: Range<usize>, edits: &[Numbered<'_>]) -> String {
        let mut out = String::new();
        let mut at = range.start;
        let mut rest = edits;
        while let Some((_, first)) = rest.first() {
            let here = first.at.clone();
            let same = rest.iter().take_while(|(_, edit)| edit.at == here).count();
            let (own, others) = rest.split_at(same);
            let within = others
                .iter()
                .take_while(|(_, edit)| edit.at.start < here.end)
                .count();
            let (inner, later) = others.split_at(within);
            out += &self.text[at..here.start];
            out += &self.wrapped(here.clone(), own, inner);
            at = here.end;
            rest = later;
        }
        out + &self.text[at..range.end]
    }

    fn wrapped(&self, range: Range<usize>, own: &[Numbered<'_>], inner: &[Numbered<'_>]) -> String {
        let mut text = self.piece(range, inner);
        for (number, edit) in own {
            text = wrap(*number, &edit.form, &text);
        }
        text
    }
}

fn wrap(number: usize, form: &Form, text: &str) -> String {
    let on = format!("{SWITCH}({number})");
    let guarded = match form {
        Form::Expression(other) => format!("(if {on} {{ {other} }} else {{ {text} }})"),
        Form::Statement(other) => format!("if {on} {{ {other} }} else {{ {text} }}"),
        Form::Or => format!("(({text}) | {on})"),
        Form::AndNot => format!("(({text}) & !{on})"),
        Form::Xor => format!("(({text}) != {on})"),
        Form::LetNever => format!("{text} && !{on}"),
        Form::Before(other) => format!("if {on} {{ {other} }}\n{text}"),
        Form::AtEnd(other) => format!("; if {on} {{ {other} }}\n{text}"),
        Form::SkipFirst => format!("({text}).into_iter().skip(usize::from({on}))"),
    };
    format!("/*<{number}*/{guarded}/*{number}>*/")
}

/// The mutants of a rendered text, with the bytes that they take.
#[must_use]
pub fn regions(rendered: &str) -> Vec<(usize, Range<usize>)> {
    let mut open: Vec<(usize, usize)> = Vec::new();
    let mut found = Vec::new();
    for (at, _) in rendered.match_indices("/*") {
        let rest = &rendered[at + 2..];
        if let Some(number) = rest.strip_prefix('<').and_then(number) {
            open.push((number, at));
        } else if let Some(number) = number(rest)
            && let Some(index) = open.iter().rposition(|(known, _)| *known == number)
        {
            let (_, start) = open.remove(index);
            found.push((number, start..at));
        }
    }
    found
}

fn number(text: &str) -> Option<usize> {
    let digits = text.find(|letter: char| !letter.is_ascii_digit())?;
    text[..digits].parse().ok()
}
