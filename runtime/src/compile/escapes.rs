//! Backslashes in strings that mean nothing: CPython warns of the first one in each string.

use ruff_python_ast::visitor::walk_interpolated_string_element;
use ruff_python_ast::visitor::{Visitor, walk_f_string, walk_t_string};
use ruff_python_ast::{BytesLiteral, FString, InterpolatedStringElement, StringLiteral, TString};

use crate::compile::scopes::Program;
use crate::compile::unit::Warning;
use crate::syntax::{Source, Span};

/// What stands behind a backslash in text; bytes know fewer.
const IN_BYTES: &str = "\n\\'\"abfnrtv01234567x";
const IN_TEXT: &str = "\n\\'\"abfnrtv01234567xNuU";

struct Strings<'a> {
    source: &'a Source,
    /// Whether the pieces that come belong to a raw string.
    raw: bool,
    found: Vec<Warning>,
}

/// The warnings for a program.
pub(super) fn warnings(source: &Source, program: Program<'_>) -> Vec<Warning> {
    let mut strings = Strings {
        source,
        raw: false,
        found: Vec::new(),
    };
    match program {
        Program::Body(body) => strings.visit_body(body),
        Program::Expression(expression) => strings.visit_expr(expression),
    }
    strings.found
}

/// Whether a literal is raw, as the letters in front of its quote say.
fn is_raw(literal: &str) -> bool {
    let quote = literal.find(['"', '\'']).unwrap_or(0);
    literal[..quote].contains(['r', 'R'])
}

impl Strings<'_> {
    /// Looks through the text of a literal, or of a piece of one.
    fn look(&mut self, span: Span, known: &str) {
        let text = self.source.slice(span);
        let mut letters = text.char_indices();
        while let Some((_, letter)) = letters.next() {
            if letter != '\\' {
                continue;
            }
            let Some((at, escaped)) = letters.next() else {
                return;
            };
            if let Some(message) = wrong(escaped, &text[at..], known) {
                self.found.push(Warning {
                    message: message.into(),
                    span,
                });
                return;
            }
        }
    }

    fn look_inside(&mut self, literal: Span, walk: impl FnOnce(&mut Self)) {
        let raw = is_raw(self.source.slice(literal));
        let before = std::mem::replace(&mut self.raw, raw);
        walk(self);
        self.raw = before;
    }
}

/// What is wrong with the letter behind a backslash; `rest` begins with it.
fn wrong(escaped: char, rest: &str, known: &str) -> Option<String> {
    let (kind, shown) = match escaped {
        '4'..='7' => {
            let digits = rest.get(..3)?;
            if !digits.bytes().all(|byte| matches!(byte, b'0'..=b'7')) {
                return None;
            }
            ("octal escape", digits.to_owned())
        }
        _ if known.contains(escaped) || !escaped.is_ascii() => return None,
        _ => ("escape", escaped.to_string()),
    };
    Some(format!(
        "\"\\{shown}\" is an invalid {kind} sequence. Such sequences will not work in the future. \
         Did you mean \"\\\\{shown}\"? A raw string is also an option."
    ))
}

impl<'a> Visitor<'a> for Strings<'_> {
    fn visit_string_literal(&mut self, literal: &'a StringLiteral) {
        let span = Span::of(literal);
        if !is_raw(self.source.slice(span)) {
            self.look(span, IN_TEXT);
        }
    }

    fn visit_bytes_literal(&mut self, literal: &'a BytesLiteral) {
        let span = Span::of(literal);
        if !is_raw(self.source.slice(span)) {
            self.look(span, IN_BYTES);
        }
    }

    fn visit_f_string(&mut self, literal: &'a FString) {
        self.look_inside(Span::of(literal), |strings| walk_f_string(strings, literal));
    }

    fn visit_t_string(&mut self, literal: &'a TString) {
        self.look_inside(Span::of(literal), |strings| walk_t_string(strings, literal));
    }

    fn visit_interpolated_string_element(&mut self, element: &'a InterpolatedStringElement) {
        match element {
            InterpolatedStringElement::Literal(piece) if !self.raw => {
                self.look(Span::of(piece), IN_TEXT);
            }
            InterpolatedStringElement::Literal(_) => {}
            InterpolatedStringElement::Interpolation(_) => {
                walk_interpolated_string_element(self, element);
            }
        }
    }
}
