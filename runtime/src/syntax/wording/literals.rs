//! Errors inside numbers and strings.

use ruff_python_ast::token::TokenKind;
use ruff_text_size::{Ranged, TextRange, TextSize};

use super::Context;
use crate::syntax::SyntaxError;

fn character(start: TextSize) -> TextRange {
    TextRange::at(start, TextSize::new(1))
}

/// A string without its closing quote; `prefix` is `f-string`, `t-string` or nothing.
pub(super) fn unclosed_string(context: &Context<'_>, prefix: &str) -> SyntaxError {
    let start = string_start(context);
    let opener = context.source.text()[start.to_usize()..]
        .trim_start_matches(|c: char| c.is_ascii_alphabetic());
    let triple = opener.starts_with("\"\"\"") || opener.starts_with("'''");
    let line = match triple {
        true => context.source.line_count(),
        false => context.source.line_of(start.into()),
    };
    let kind = if triple { "triple-quoted " } else { "" };
    let what = if prefix.is_empty() { "string" } else { prefix };
    let mut message = format!("unterminated {kind}{what} literal (detected at line {line})");
    if !triple && prefix.is_empty() && escapes_end(opener) {
        message += "; perhaps you escaped the end quote?";
    }
    SyntaxError::new(message, character(start))
}

/// Whether the only quotes of the kind that opened a string, on its line, are escaped.
fn escapes_end(opener: &str) -> bool {
    let line = opener.split('\n').next().unwrap_or_default();
    let mut chars = line.chars();
    let Some(quote) = chars.next() else {
        return false;
    };
    chars.as_str().contains(&format!("\\{quote}"))
}

/// Where the string that contains the error starts, with its prefix.
fn string_start(context: &Context<'_>) -> TextSize {
    let opens = |kind| matches!(kind, TokenKind::FStringStart | TokenKind::TStringStart);
    let first = context.text(context.range).chars().next();
    if first.is_some_and(|c| c.is_ascii_alphabetic() || c == '"' || c == '\'') {
        return context.range.start();
    }
    let mut before = context
        .tokens
        .iter()
        .filter(|token| token.range().start() <= context.range.start());
    let opener = before.rfind(|token| opens(token.kind()));
    opener.map_or(context.range.start(), |token| token.range().start())
}

/// The string literal around the error, from its prefix to the end of the line or the closing quote.
pub(super) fn literal_around(context: &Context<'_>) -> Option<TextRange> {
    let contains = |range: TextRange| range.contains(context.range.start());
    let token = context
        .tokens
        .iter()
        .find(|token| contains(token.range()))?;
    Some(token.range())
}

/// An escape sequence that cannot be decoded.
pub(super) fn bad_escape(context: &Context<'_>) -> SyntaxError {
    let literal = literal_around(context).unwrap_or(context.range);
    let before = TextRange::new(literal.start(), context.range.end());
    let text = context.text(before);
    let escape = text.rfind('\\').unwrap_or(0);
    let body = text.find(['"', '\'']).map_or(0, |quote| quote + 1);
    let kind = text[escape..].chars().nth(1).unwrap_or('x');
    let reason = match kind {
        'N' => "unknown Unicode character name",
        'u' => "truncated \\uXXXX escape",
        'U' if is_whole(&text[escape..]) => "illegal Unicode character",
        'U' => "truncated \\UXXXXXXXX escape",
        _ => "truncated \\xXX escape",
    };
    let first = escape.saturating_sub(body);
    if kind == 'x' && text[..body].contains(['b', 'B']) {
        let message = format!("(value error) invalid \\x escape at position {first}");
        return SyntaxError::new(message, literal);
    }
    // A name that is unknown ends with its brace, which the tokenizer leaves out.
    let name = context.text(literal).get(escape..).filter(|_| kind == 'N');
    let end = name
        .and_then(|name| name.find('}'))
        .map(|brace| escape + brace + 1);
    let last = end.unwrap_or(text.len()).saturating_sub(body + 1);
    let message = format!(
        "(unicode error) 'unicodeescape' codec can't decode bytes in position {first}-{last}: {reason}"
    );
    SyntaxError::new(message, literal)
}

/// Whether an escape sequence has all of its eight digits.
fn is_whole(escape: &str) -> bool {
    let digits = escape.get(2..10);
    digits.is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// A number that the tokenizer refuses.
pub(super) fn bad_number(context: &Context<'_>) -> SyntaxError {
    let text = context.text(context.range);
    let digits = text.get(2..).unwrap_or_default();
    let next = context.source.text()[context.range.end().to_usize()..]
        .chars()
        .next();
    if let Some(digit) = next.filter(char::is_ascii_digit)
        && let Some(radix) = narrow(text)
    {
        let message = format!("invalid digit '{digit}' in {radix} literal");
        return SyntaxError::new(message, character(context.range.end()));
    }
    let message = match text.get(..2).unwrap_or_default() {
        "0x" | "0X" if digits.is_empty() => "invalid hexadecimal literal",
        "0o" | "0O" if digits.is_empty() => "invalid octal literal",
        "0b" | "0B" if digits.is_empty() => "invalid binary literal",
        _ if text.starts_with('0') => {
            "leading zeros in decimal integer literals are not permitted; \
             use an 0o prefix for octal integers"
        }
        _ => "invalid decimal literal",
    };
    let place = context.range.start() + TextSize::of(good_part(text));
    SyntaxError::new(message, character(place))
}

/// What precedes the last character that the tokenizer took: the prefix without digits, or the underscore without one
/// behind it.
fn good_part(text: &str) -> &str {
    let lone = |(at, c): (usize, char)| {
        let next = text[at + 1..].chars().next();
        c == '_' && !next.is_some_and(|next| next.is_ascii_alphanumeric())
    };
    let last = match text.get(..2) {
        Some("0x" | "0X" | "0o" | "0O" | "0b" | "0B") if text.len() == 2 => Some(1),
        _ => text
            .char_indices()
            .find(|&place| lone(place))
            .map(|(at, _)| at),
    };
    &text[..last.unwrap_or(0)]
}

/// The name of a base that has fewer digits than ten, if a literal is in one.
fn narrow(text: &str) -> Option<&'static str> {
    match text.get(..2)? {
        "0o" | "0O" => Some("octal"),
        "0b" | "0B" => Some("binary"),
        _ => None,
    }
}

/// A number directly followed by something that is not one.
pub(super) fn number_before(context: &Context<'_>, number: TextRange) -> SyntaxError {
    let text = context.text(number);
    let next = context.text(context.range).chars().next().unwrap_or(' ');
    let (radix, digit) = match text.get(..2).unwrap_or_default() {
        "0x" | "0X" => ("hexadecimal", None),
        "0o" | "0O" => ("octal", next.is_ascii_digit().then_some(next)),
        "0b" | "0B" => ("binary", next.is_ascii_digit().then_some(next)),
        _ if text.ends_with(['j', 'J']) => ("imaginary", None),
        _ => ("decimal", None),
    };
    match digit {
        Some(digit) => {
            let message = format!("invalid digit '{digit}' in {radix} literal");
            SyntaxError::new(message, character(context.range.start())).of_tokenizer()
        }
        None => {
            // An underscore belongs to the number that it spoils.
            let last = match next {
                '_' => number.end(),
                _ => number.end() - TextSize::new(1),
            };
            SyntaxError::new(format!("invalid {radix} literal"), character(last)).of_tokenizer()
        }
    }
}
