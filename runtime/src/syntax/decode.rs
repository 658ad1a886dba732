//! Bytes of a source file to text: byte order mark, encoding declaration, line ends, and what is refused.

use crate::syntax::source::Source;
use crate::syntax::{Span, SyntaxError};
use crate::text::codec::{self, Charmap};

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// Encodings that a declaration may name.
enum Encoding {
    Utf8,
    Latin1,
    Ascii,
    /// One byte a character.
    Table(&'static Charmap),
}

/// The text of a source file, with every line end as `\n`.
pub(super) fn decode(name: &str, bytes: &[u8]) -> Result<String, SyntaxError> {
    let marked = bytes.strip_prefix(BYTE_ORDER_MARK);
    let bytes = marked.unwrap_or(bytes);
    refuse_nul(name, bytes)?;
    let declared = declared_encoding(bytes);
    let encoding = match &declared {
        Some(label) => known_encoding(label)?,
        None => Encoding::Utf8,
    };
    if marked.is_some() && !matches!(encoding, Encoding::Utf8) {
        let label = declared.as_deref().map_or("", normal_name);
        let message = format!("encoding problem: {label} with BOM");
        return Err(SyntaxError::without_place(message));
    }
    let text = match encoding {
        Encoding::Latin1 => bytes.iter().map(|byte| char::from(*byte)).collect(),
        Encoding::Utf8 => decode_utf8(name, bytes)?,
        Encoding::Ascii => decode_ascii(bytes)?,
        Encoding::Table(map) => decode_table(bytes, map)?,
    };
    Ok(normal_line_ends(&text))
}

/// The text with every line end as `\n`.
pub(super) fn normal_line_ends(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

/// The encoding named in a comment on the first two lines, as PEP 263 defines it.
fn declared_encoding(bytes: &[u8]) -> Option<String> {
    for line in bytes.split(|byte| *byte == b'\n').take(2) {
        let text = String::from_utf8_lossy(line);
        let text = text.trim_start_matches([' ', '\t', '\x0c']);
        let Some(comment) = text.strip_prefix('#') else {
            if text.trim_end().is_empty() {
                continue;
            }
            return None;
        };
        if let Some(label) = encoding_in_comment(comment) {
            return Some(label);
        }
    }
    None
}

fn encoding_in_comment(comment: &str) -> Option<String> {
    let (_, rest) = comment.split_once("coding")?;
    let rest = rest
        .strip_prefix([':', '='])?
        .trim_start_matches([' ', '\t']);
    let label: String = rest
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || "-_.".contains(*c))
        .collect();
    (!label.is_empty()).then_some(label)
}

fn known_encoding(label: &str) -> Result<Encoding, SyntaxError> {
    let normal = label.to_ascii_lowercase().replace('_', "-");
    match normal.as_str() {
        "utf-8" | "utf8" | "utf-8-sig" => Ok(Encoding::Utf8),
        "latin-1" | "latin1" | "iso-8859-1" | "iso8859-1" => Ok(Encoding::Latin1),
        "ascii" | "us-ascii" => Ok(Encoding::Ascii),
        _ if normal.starts_with("utf-8-") => Ok(Encoding::Utf8),
        other => match codec::Encoding::lookup(other) {
            Some(codec::Encoding::Charmap(map)) => Ok(Encoding::Table(map)),
            _ => Err(SyntaxError::without_place(format!(
                "encoding problem: {label}"
            ))),
        },
    }
}

/// How CPython calls an encoding that has many names.
fn normal_name(label: &str) -> &str {
    match known_encoding(label) {
        Ok(Encoding::Latin1) => "iso-8859-1",
        _ => label,
    }
}

fn decode_utf8(name: &str, bytes: &[u8]) -> Result<String, SyntaxError> {
    let error = match str::from_utf8(bytes) {
        Ok(text) => return Ok(text.to_owned()),
        Err(error) => error,
    };
    let bad = error.valid_up_to();
    let line = 1 + bytes[..bad].iter().filter(|byte| **byte == b'\n').count();
    Err(SyntaxError::without_place(format!(
        "Non-UTF-8 code starting with '\\x{:02x}' in file {name} on line {line}, but no encoding declared; \
         see https://peps.python.org/pep-0263/ for details",
        bytes[bad]
    )))
}

fn decode_ascii(bytes: &[u8]) -> Result<String, SyntaxError> {
    match bytes.iter().position(|byte| !byte.is_ascii()) {
        None => Ok(bytes.iter().map(|byte| char::from(*byte)).collect()),
        Some(bad) => Err(SyntaxError::without_place(format!(
            "(unicode error) 'ascii' codec can't decode byte 0x{:02x} in position {bad}: \
             ordinal not in range(128)",
            bytes[bad]
        ))),
    }
}

fn decode_table(bytes: &[u8], map: &'static Charmap) -> Result<String, SyntaxError> {
    let decoded = codec::decode(bytes, codec::Encoding::Charmap(map), |_| Ok::<_, ()>(None));
    match decoded {
        Ok(text) => Ok(text.to_string_lossy().into_owned()),
        Err(codec::Failure::Strict(problem)) => Err(SyntaxError::without_place(format!(
            "(unicode error) {}",
            problem.decode_message(bytes)
        ))),
        Err(codec::Failure::Handler(())) => Err(SyntaxError::without_place("encoding problem")),
    }
}

fn refuse_nul(name: &str, bytes: &[u8]) -> Result<(), SyntaxError> {
    let Some(offset) = memchr::memchr(0, bytes) else {
        return Ok(());
    };
    let text = String::from_utf8_lossy(&bytes[..offset]).into_owned();
    let offset = text.len() as u32;
    let before = Source::from_text(name, text);
    let line = before.line_of(offset);
    let place = Span {
        start: offset,
        end: offset,
    };
    let mut error = SyntaxError::new("source code cannot contain null bytes", place);
    error.quote(line, before.line(line));
    Err(error)
}
