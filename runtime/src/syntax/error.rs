//! A syntax error, and the form in which CPython prints it.

use std::fmt::Write;

use crate::syntax::{Position, Source, Span};

/// Which exception class reports it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// `SyntaxError`
    Syntax,
    /// `IndentationError`
    Indentation,
    /// `TabError`
    Tab,
    /// `RecursionError`: the program is nested too deeply to be compiled.
    Recursion,
}

impl ErrorKind {
    /// The name of the class.
    pub fn class(self) -> &'static str {
        match self {
            Self::Syntax => "SyntaxError",
            Self::Indentation => "IndentationError",
            Self::Tab => "TabError",
            Self::Recursion => "RecursionError",
        }
    }
}

/// Where an error is.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Place {
    /// Nowhere in particular.
    Unknown,
    /// A range of the source.
    Span(Span),
    /// A line, and the column in it if that is known.
    Line {
        line: u32,
        text: Box<str>,
        column: Option<u32>,
        end: i64,
    },
    /// Behind a line, where the text is at its end.
    Behind { line: u32, text: Box<str> },
}

/// What the exception says of the end of a range, which the caret does not show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    /// Where it is.
    Range,
    /// Where the range starts: CPython's tokenizer knows of no other place.
    Start,
    /// Nothing.
    Unknown,
}

/// A program that cannot be compiled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    kind: ErrorKind,
    message: Box<str>,
    place: Place,
    end: End,
    /// Whether the parser had nothing against it.
    is_late: bool,
}

/// Where an error is, as the attributes of the exception say it. Columns count from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    /// The line, from 1; 0 for a program without text.
    pub line: u32,
    /// The column in characters.
    pub column: u32,
    /// The line in which it ends.
    pub end_line: u32,
    /// The column in which it ends; -1 if only the line is known.
    pub end_column: i64,
    /// The line's text with its end, where CPython has it.
    pub text: Option<String>,
}

impl SyntaxError {
    /// A `SyntaxError` at a range of the source.
    pub fn new(message: impl Into<Box<str>>, span: impl Into<Span>) -> Self {
        let (kind, place) = (ErrorKind::Syntax, Place::Span(span.into()));
        Self {
            kind,
            message: message.into(),
            place,
            end: End::Range,
            is_late: false,
        }
    }

    pub(crate) fn without_place(message: impl Into<Box<str>>) -> Self {
        let (kind, place) = (ErrorKind::Syntax, Place::Unknown);
        Self {
            kind,
            message: message.into(),
            place,
            end: End::Range,
            is_late: false,
        }
    }

    pub(crate) fn with_kind(mut self, kind: ErrorKind) -> Self {
        self.kind = kind;
        self
    }

    /// Quotes a whole line, without carets.
    pub(crate) fn quote(&mut self, line: u32, text: &str) {
        self.place = Place::Line {
            line,
            text: text.into(),
            column: None,
            end: -1,
        };
    }

    /// Quotes a whole line with a caret under a column, which is not shown where the line is not; `end` is what the
    /// exception says of the end.
    pub(crate) fn quote_at(&mut self, line: u32, text: &str, column: u32, end: i64) {
        self.place = Place::Line {
            line,
            text: text.into(),
            column: Some(column),
            end,
        };
    }

    /// Points behind a line where the text ends too early, without a caret.
    pub(crate) fn quote_behind(&mut self, line: u32, text: &str) {
        self.place = Place::Behind {
            line,
            text: text.into(),
        };
    }

    /// Says that the tokenizer found the error, at one place.
    pub(crate) fn of_tokenizer(mut self) -> Self {
        self.end = End::Start;
        self
    }

    /// Says nothing of the end.
    pub(crate) fn without_end(mut self) -> Self {
        self.end = End::Unknown;
        self
    }

    /// Says that the error was found after parsing; CPython then looks for the text in the file, if there is one.
    pub(crate) fn late(mut self) -> Self {
        self.is_late = true;
        self
    }

    fn has_text(&self, source: &Source) -> bool {
        !self.is_late || source.is_file()
    }

    /// Which class of exception it is.
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// What is wrong, without the class and the place.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// Where it is, if that is known.
    pub fn span(&self) -> Option<Span> {
        match self.place {
            Place::Span(span) => Some(span),
            _ => None,
        }
    }

    /// Where it is, in lines and columns of the source.
    pub fn location(&self, source: &Source) -> Option<Location> {
        match &self.place {
            Place::Unknown => None,
            Place::Line {
                line,
                text,
                column,
                end,
            } => Some(Location {
                line: *line,
                column: column.unwrap_or(0) + 1,
                end_line: *line,
                end_column: *end,
                text: Some(format!("{text}\n")),
            }),
            Place::Behind { line, text } => Some(Location {
                line: *line,
                column: text.chars().count() as u32 + 1,
                end_line: *line,
                end_column: -1,
                text: Some(format!("{text}\n")),
            }),
            Place::Span(_) if source.text().is_empty() => Some(Location {
                line: 0,
                column: 0,
                end_line: 0,
                end_column: 0,
                text: Some(String::new()),
            }),
            Place::Span(span) => {
                let (start, end) = (source.position(span.start), end_position(source, *span));
                let line = source.line(start.line);
                let is_last = start.line == source.line_count() && !source.text().ends_with('\n');
                Some(Location {
                    line: start.line,
                    column: start.column + 1,
                    end_line: match self.end {
                        End::Range => end.line,
                        End::Start | End::Unknown => start.line,
                    },
                    end_column: match self.end {
                        End::Range => i64::from(end.column) + 1,
                        End::Start => i64::from(start.column) + 1,
                        End::Unknown => 0,
                    },
                    text: self
                        .has_text(source)
                        .then(|| format!("{line}{}", if is_last { "" } else { "\n" })),
                })
            }
        }
    }

    /// The text that CPython prints on standard error.
    pub fn render(&self, source: &Source) -> String {
        let mut out = self.render_place(source);
        let _ = writeln!(out, "{}: {}", self.kind.class(), self.message);
        out
    }

    /// As [`render`](Self::render) when there is no source, because it could not be decoded.
    pub fn render_without_source(&self, name: &str) -> String {
        self.render(&Source::from_text(name, String::new()))
    }

    fn render_place(&self, source: &Source) -> String {
        match &self.place {
            Place::Unknown => String::new(),
            Place::Line {
                line, text, column, ..
            } => render_line(source, *line, text, *column),
            Place::Behind { line, text } => render_line(source, *line, text, None),
            Place::Span(span) if !self.has_text(source) => {
                let line = source.line_of(span.start);
                format!("  File \"{}\", line {line}\n", source.name())
            }
            Place::Span(span) => render_span(source, *span),
        }
    }
}

fn render_line(source: &Source, line: u32, whole: &str, column: Option<u32>) -> String {
    let text = strip_indent(whole);
    let mut out = format!("  File \"{}\", line {line}\n    {text}\n", source.name());
    let indent = whole.len() - text.len();
    if let Some(column) = column.and_then(|column| (column as usize).checked_sub(indent)) {
        let _ = writeln!(out, "    {}^", blank(text, column));
    }
    out
}

/// The end of a span; that of a line end stays on its line.
fn end_position(source: &Source, span: Span) -> Position {
    match source.slice(span) {
        "\n" => {
            let Position { line, column } = source.position(span.start);
            Position {
                line,
                column: column + 1,
            }
        }
        _ => source.position(span.end),
    }
}

/// A line without its blanks; tabs stay.
fn strip_indent(line: &str) -> &str {
    line.trim_start_matches([' ', '\x0c'])
}

fn render_span(source: &Source, span: Span) -> String {
    let (start, end) = (source.position(span.start), source.position(span.end));
    let line = source.line(start.line);
    let text = strip_indent(line);
    let mut out = format!("  File \"{}\", line {}\n", source.name(), start.line);
    if text.is_empty() {
        return out;
    }
    let _ = writeln!(out, "    {text}");
    let indent = (line.len() - text.len()) as u32;
    let length = line.chars().count() as u32;
    let end_column = if end.line == start.line {
        end.column
    } else {
        length
    };
    let carets = end_column.saturating_sub(start.column).max(1) as usize;
    if let Some(column) = start.column.checked_sub(indent) {
        let _ = writeln!(
            out,
            "    {}{}",
            blank(text, column as usize),
            "^".repeat(carets)
        );
    }
    out
}

/// White space as wide as the first characters of a line; tabs stay tabs, so that carets line up.
fn blank(text: &str, columns: usize) -> String {
    text.chars()
        .map(|c| if c.is_whitespace() { c } else { ' ' })
        .chain(std::iter::repeat(' '))
        .take(columns)
        .collect()
}
