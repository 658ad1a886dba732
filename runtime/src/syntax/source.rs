//! A source file: its name, its text, and the way from byte offsets to lines and columns.

use ruff_text_size::{Ranged, TextRange};

use crate::syntax::SyntaxError;
use crate::syntax::decode::{decode, normal_line_ends};

/// A range of bytes in the source text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// Offset of the first byte.
    pub start: u32,
    /// Offset behind the last byte.
    pub end: u32,
}

impl Span {
    /// The span of a syntax node.
    pub fn of(node: &impl Ranged) -> Self {
        node.range().into()
    }

    /// From the start of this span to the end of another.
    pub fn to(self, other: Span) -> Self {
        Self {
            start: self.start,
            end: other.end,
        }
    }
}

impl From<TextRange> for Span {
    fn from(range: TextRange) -> Self {
        Self {
            start: range.start().into(),
            end: range.end().into(),
        }
    }
}

/// A place in the source as people count: lines from 1, columns in characters from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// The line, from 1.
    pub line: u32,
    /// Characters before it on the line.
    pub column: u32,
}

/// A source file, kept in memory so that tracebacks can quote it.
#[derive(Debug)]
pub struct Source {
    name: Box<str>,
    text: Box<str>,
    line_starts: Box<[u32]>,
    is_file: bool,
}

impl Source {
    /// Decodes the bytes of a file; the name appears in tracebacks.
    ///
    /// # Errors
    ///
    /// A [`SyntaxError`] if the bytes are not valid in the declared encoding (UTF-8 by default) or contain a NUL.
    pub fn new(name: &str, bytes: &[u8]) -> Result<Self, SyntaxError> {
        Ok(Self::from_text(name, decode(name, bytes)?))
    }

    /// A string that a program runs: it needs no decoding, and tracebacks cannot quote it, since there is no file.
    ///
    /// # Errors
    ///
    /// A [`SyntaxError`] if it contains a NUL.
    pub fn from_string(name: &str, text: &str) -> Result<Self, SyntaxError> {
        if text.contains('\0') {
            let message = "source code string cannot contain null bytes";
            return Err(SyntaxError::without_place(message));
        }
        Ok(Self {
            is_file: false,
            ..Self::from_text(name, normal_line_ends(text))
        })
    }

    /// As [`new`](Self::new) for bytes that a program runs.
    ///
    /// # Errors
    ///
    /// As for [`new`](Self::new).
    pub fn from_bytes(name: &str, bytes: &[u8]) -> Result<Self, SyntaxError> {
        Ok(Self {
            is_file: false,
            ..Self::new(name, bytes)?
        })
    }

    pub(crate) fn from_text(name: &str, text: String) -> Self {
        let after_newlines = text
            .match_indices('\n')
            .map(|(offset, _)| offset as u32 + 1);
        let line_starts = std::iter::once(0).chain(after_newlines).collect();
        Self {
            name: name.into(),
            text: text.into(),
            line_starts,
            is_file: true,
        }
    }

    /// The same text under another name.
    #[must_use]
    pub fn renamed(&self, name: &str) -> Self {
        Self {
            name: name.into(),
            text: self.text.clone(),
            line_starts: self.line_starts.clone(),
            is_file: self.is_file,
        }
    }

    /// Whether it is a file, whose lines tracebacks quote.
    pub fn is_file(&self) -> bool {
        self.is_file
    }

    /// The file's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The text, with every line end as `\n`.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text of a span.
    pub fn slice(&self, span: Span) -> &str {
        &self.text[span.start as usize..span.end as usize]
    }

    /// Line (from 1) of a byte offset.
    pub fn line_of(&self, offset: u32) -> u32 {
        self.line_starts.partition_point(|start| *start <= offset) as u32
    }

    /// Byte offset at which a line starts; the end of the text for lines that do not exist.
    pub fn line_start(&self, line: u32) -> u32 {
        let index = line.max(1) as usize - 1;
        self.line_starts
            .get(index)
            .copied()
            .unwrap_or(self.text.len() as u32)
    }

    /// Line and column of a byte offset.
    pub fn position(&self, offset: u32) -> Position {
        let line = self.line_of(offset);
        let end = self.text.floor_char_boundary(offset as usize);
        let start = self.line_start(line) as usize;
        let before = self.text.get(start..end).unwrap_or_default();
        Position {
            line,
            column: before.chars().count() as u32,
        }
    }

    /// A line (from 1) without its line end; empty for lines that do not exist.
    pub fn line(&self, line: u32) -> &str {
        let rest = &self.text[self.line_start(line) as usize..];
        rest.split('\n').next().unwrap_or_default()
    }

    /// How many lines there are; text behind the last line end counts as one.
    pub fn line_count(&self) -> u32 {
        self.line_starts.len() as u32 - self.text.ends_with('\n') as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(text: &str) -> Source {
        Source::new("x.py", text.as_bytes()).unwrap()
    }

    #[test]
    fn offsets_become_lines_and_columns_in_characters() {
        let source = source("a\n\u{e9}\u{e9} = b\n");
        assert_eq!(source.position(0), Position { line: 1, column: 0 });
        assert_eq!(source.position(9), Position { line: 2, column: 5 });
        assert_eq!(source.line(2), "\u{e9}\u{e9} = b");
    }

    #[test]
    fn lines_that_do_not_exist_are_empty() {
        let source = source("a\nb");
        assert_eq!((source.line(3), source.line_count()), ("", 2));
        assert_eq!(source.line(0), "a");
    }

    #[test]
    fn every_line_end_counts_as_one() {
        let source = source("a\r\nb\rc\n");
        assert_eq!(source.text(), "a\nb\nc\n");
        assert_eq!(source.line_count(), 3);
    }
}
