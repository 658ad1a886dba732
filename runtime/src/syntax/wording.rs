//! The parser's errors in CPython's words, at the place where CPython puts the caret.

mod indentation;
mod literals;
mod targets;

use ruff_python_ast::token::{Token, TokenKind, Tokens};
use ruff_python_parser::{
    InterpolatedStringErrorType, LexicalErrorType, ParseError, ParseErrorType,
    UnsupportedSyntaxError, UnsupportedSyntaxErrorKind,
};
use ruff_text_size::{Ranged, TextRange, TextSize};

use crate::syntax::brackets::{self, Brackets};
use crate::syntax::{Source, SyntaxError};

/// Everything that an explanation looks at.
struct Context<'a> {
    source: &'a Source,
    tokens: Vec<Token>,
    range: TextRange,
}

/// The first parse error, as CPython would report it.
pub(super) fn explain(source: &Source, tokens: &Tokens, error: &ParseError) -> SyntaxError {
    let tokens = tokens
        .iter()
        .copied()
        .filter(|token| !token.kind().is_trivia())
        .collect();
    let context = Context {
        source,
        tokens,
        range: error.location,
    };
    if let Some(found) = context.bracket_error(&error.error) {
        return found;
    }
    context.explain(&error.error)
}

/// The parser keeps to itself which kind of comprehension it was, except in its own message.
fn unpacking(message: &str) -> &'static str {
    match message.contains("dictionary unpacking") {
        true => "dict unpacking cannot be used in dict comprehension",
        false => "iterable unpacking cannot be used in comprehension",
    }
}

/// Syntax that only a later Python than 3.14 has.
pub(super) fn newer_syntax(error: &UnsupportedSyntaxError) -> SyntaxError {
    let message = match error.kind {
        UnsupportedSyntaxErrorKind::UnpackingInComprehension(_) => unpacking(&error.to_string()),
        _ => "invalid syntax",
    };
    SyntaxError::new(message, error.range())
}

impl Context<'_> {
    /// Brackets win over what the parser made of them, as CPython's tokenizer sees them first.
    fn bracket_error(&self, error: &ParseErrorType) -> Option<SyntaxError> {
        let is_lexical =
            matches!(error, ParseErrorType::Lexical(kind) if *kind != LexicalErrorType::Eof);
        match brackets::scan(self.source, &self.tokens) {
            Brackets::Balanced => None,
            Brackets::Wrong(found) => Some(found),
            Brackets::Unclosed(_) if is_lexical => None,
            Brackets::Unclosed(open) => self
                .is_past(open)
                .then(|| brackets::never_closed(self.source, open)),
        }
    }

    /// Whether the error is on a later line than a bracket, or at the end of the file.
    fn is_past(&self, open: TextRange) -> bool {
        let line = |offset: TextSize| self.source.line_of(offset.into());
        let rest = &self.source.text()[self.range.start().to_usize()..];
        line(self.range.start()) > line(open.start()) || rest.trim().is_empty()
    }

    fn explain(&self, error: &ParseErrorType) -> SyntaxError {
        use ParseErrorType as E;
        match error {
            E::Lexical(kind) => self.lexical(kind),
            E::FStringError(kind) => self.interpolated("f-string", kind),
            E::TStringError(kind) => self.interpolated("t-string", kind),
            E::UnexpectedIndentation => indentation::unexpected(self),
            E::SimpleStatementsOnSameLine => self.juxtaposed(),
            E::ExpectedToken { expected, found } => self.expected(*expected, *found),
            E::OtherError(message) => self.other(message),
            E::EmptyImportNames | E::EmptyGlobalNames | E::EmptyNonlocalNames => self.invalid(),
            E::PositionalAfterKeywordArgument => {
                self.at_closer("positional argument follows keyword argument")
            }
            E::PositionalAfterKeywordUnpacking => {
                self.at_closer("positional argument follows keyword argument unpacking")
            }
            E::InvalidAssignmentTarget
            | E::InvalidAugmentedAssignmentTarget
            | E::InvalidNamedAssignmentTarget
            | E::InvalidAnnotatedAssignmentTarget
            | E::InvalidDeleteTarget => targets::explain(self, error),
            _ => self.fixed(error),
        }
    }

    /// Errors whose words do not depend on anything.
    fn fixed(&self, error: &ParseErrorType) -> SyntaxError {
        use ParseErrorType as E;
        let message = match error {
            E::InvalidArgumentUnpackingOrder => {
                "iterable argument unpacking follows keyword argument unpacking"
            }
            E::NonDefaultParamAfterDefaultParam => {
                "parameter without a default follows parameter with a default"
            }
            E::ExpectedKeywordParam => "named parameters must follow bare *",
            E::ParamAfterVarKeywordParam => "parameters cannot follow var-keyword parameter",
            E::UnparenthesizedGeneratorExpression => "Generator expression must be parenthesized",
            E::IterableUnpackingInComprehension => {
                "iterable unpacking cannot be used in comprehension"
            }
            E::InvalidStarredExpressionUsage => "can't use starred expression here",
            E::VarParameterWithDefault => "var-positional parameter cannot have default value",
            _ => return self.invalid(),
        };
        self.error(message)
    }

    fn lexical(&self, kind: &LexicalErrorType) -> SyntaxError {
        use LexicalErrorType as L;
        match kind {
            L::UnclosedStringError => literals::unclosed_string(self, ""),
            L::FStringError(kind) => self.interpolated("f-string", kind),
            L::TStringError(kind) => self.interpolated("t-string", kind),
            L::UnicodeError | L::MissingUnicodeLbrace | L::MissingUnicodeRbrace => {
                literals::bad_escape(self)
            }
            L::InvalidByteLiteral => {
                self.at_token("bytes can only contain ASCII literal characters")
            }
            L::IndentationError => indentation::inconsistent(self),
            L::UnrecognizedToken { tok } => self.unknown_character(*tok),
            L::LineContinuationError => self.after_backslash(),
            L::Eof => self.error("unexpected EOF while parsing"),
            L::OtherError(_) => literals::bad_number(self),
            L::StringError => self.invalid(),
        }
    }

    fn interpolated(&self, prefix: &str, kind: &InterpolatedStringErrorType) -> SyntaxError {
        use InterpolatedStringErrorType as F;
        let message = match kind {
            F::UnclosedLbrace => return self.unclosed_brace(prefix),
            F::UnterminatedString => return literals::unclosed_string(self, prefix),
            F::UnterminatedTripleQuotedString => return literals::unclosed_string(self, prefix),
            F::InvalidConversionFlag => self.bad_conversion(),
            F::SingleRbrace => "single '}' is not allowed".into(),
            F::LambdaWithoutParentheses => {
                "lambda expressions are not allowed without parentheses".into()
            }
            F::ConversionFlagNotImmediatelyAfterExclamation => {
                "conversion type must come right after the exclamation mark".into()
            }
            F::NewlineInFormatSpec => {
                "newlines are not allowed in format specifiers for single quoted f-strings".into()
            }
        };
        self.error(format!("{prefix}: {message}"))
    }

    fn bad_conversion(&self) -> String {
        let flag = self.text(self.range);
        format!("invalid conversion character '{flag}': expected 's', 'r', or 'a'")
    }

    fn unclosed_brace(&self, prefix: &str) -> SyntaxError {
        let Some(token) = self.token_at(self.range.start()) else {
            return self.error(format!("{prefix}: expecting '}}'"));
        };
        let message = match token.kind() {
            TokenKind::FStringEnd | TokenKind::TStringEnd => "expecting '}'",
            _ => "expecting '=', or '!', or ':', or '}'",
        };
        SyntaxError::new(format!("{prefix}: {message}"), token.range())
    }

    fn unknown_character(&self, c: char) -> SyntaxError {
        if c.is_ascii() {
            return self.invalid();
        }
        let kind = match c.is_control() || c.is_whitespace() || c == '\u{feff}' || c == '\u{200b}' {
            true => format!("invalid non-printable character U+{:04X}", c as u32),
            false => format!("invalid character '{c}' (U+{:04X})", c as u32),
        };
        self.error(kind)
    }

    fn after_backslash(&self) -> SyntaxError {
        let place = TextRange::at(self.range.start() + TextSize::new(1), TextSize::new(1));
        SyntaxError::new(
            "unexpected character after line continuation character",
            place,
        )
    }

    /// Two expressions side by side.
    fn juxtaposed(&self) -> SyntaxError {
        let Some(before) = self.token_before(self.range.start()) else {
            return self.invalid();
        };
        let touches = before.range().end() == self.range.start();
        match before.kind() {
            TokenKind::Int | TokenKind::Float | TokenKind::Complex if touches => {
                literals::number_before(self, before.range())
            }
            TokenKind::Name if self.starts_line(before) => self.old_statement(before),
            _ => self.invalid(),
        }
    }

    /// `print x` and `exec x`.
    fn old_statement(&self, name: &Token) -> SyntaxError {
        let word = self.text(name.range());
        if !matches!(word, "print" | "exec") {
            return self.invalid();
        }
        let message = format!("Missing parentheses in call to '{word}'. Did you mean {word}(...)?");
        SyntaxError::new(message, name.range().cover(self.rest_of_statement()))
    }

    fn rest_of_statement(&self) -> TextRange {
        let ends = |token: &&Token| matches!(token.kind(), TokenKind::Newline | TokenKind::Semi);
        let from_here = self
            .tokens
            .iter()
            .filter(|token| token.range().start() >= self.range.start());
        let inside =
            from_here.take_while(|token| !ends(token) && token.kind() != TokenKind::EndOfFile);
        inside.last().map_or(self.range, |token| token.range())
    }

    fn expected(&self, expected: TokenKind, found: TokenKind) -> SyntaxError {
        match (expected, found) {
            (TokenKind::Colon, TokenKind::Newline | TokenKind::EndOfFile) => {
                self.error("expected ':'")
            }
            (TokenKind::Colon, TokenKind::Equal) => targets::in_condition(self),
            (TokenKind::Colon, TokenKind::Rbrace) => {
                let before = self.token_before(self.range.start());
                let place = before.map_or(self.range, |token| token.range());
                SyntaxError::new("':' expected after dictionary key", place)
            }
            (TokenKind::Else, _) => self.missing_else(),
            (TokenKind::Comma, _) => self.forgotten_comma(),
            _ => self.invalid(),
        }
    }

    fn missing_else(&self) -> SyntaxError {
        let is_if = |token: &&Token| token.kind() == TokenKind::If;
        let before = self
            .tokens
            .iter()
            .filter(|token| token.range().end() <= self.range.start());
        let Some(keyword) = before.clone().rfind(is_if) else {
            return self.invalid();
        };
        let start = self
            .token_before(keyword.range().start())
            .map_or(self.range, |token| token.range());
        let mut before = before;
        let end = before.next_back().map_or(self.range, |token| token.range());
        SyntaxError::new("expected 'else' after 'if' expression", start.cover(end))
    }

    /// Two expressions side by side inside brackets.
    fn forgotten_comma(&self) -> SyntaxError {
        let Some(here) = self
            .tokens
            .iter()
            .position(|token| token.range() == self.range)
        else {
            return self.invalid();
        };
        let before = self.tokens[..here]
            .iter()
            .rev()
            .take_while(|token| !separates(token.kind()))
            .last();
        let after = self.tokens[here..]
            .iter()
            .take_while(|token| !separates(token.kind()))
            .last();
        let (Some(first), Some(last)) = (before, after) else {
            return self.invalid();
        };
        let previous = self.tokens[here - 1].kind();
        let names_string =
            previous == TokenKind::Name && self.tokens[here].kind() == TokenKind::String;
        if names_string || !starts_expression(self.tokens[here].kind()) {
            return self.invalid();
        }
        let place = first.range().cover(last.range());
        SyntaxError::new("invalid syntax. Perhaps you forgot a comma?", place)
    }

    fn other(&self, message: &str) -> SyntaxError {
        if let Some(after) = message.strip_prefix("Expected an indented block after ") {
            return indentation::missing_block(self, after);
        }
        let message = match message {
            "Expected `except` or `finally` after `try` block" => {
                "expected 'except' or 'finally' block"
            }
            "Bytes literal cannot be mixed with non-bytes literals" => {
                "cannot mix bytes and nonbytes literals"
            }
            "Only single target (not tuple) can be annotated" => {
                "only single target (not tuple) can be annotated"
            }
            "Only single target (not list) can be annotated" => {
                "only single target (not list) can be annotated"
            }
            "Trailing comma not allowed" => {
                "trailing comma not allowed without surrounding parentheses"
            }
            "Expected a parameter name" => return targets::keyword_name(self),
            _ => return self.invalid(),
        };
        self.error(message)
    }

    /// CPython points at the bracket that closes the call.
    fn at_closer(&self, message: &str) -> SyntaxError {
        let closes = |token: &&Token| {
            token.kind() == TokenKind::Rpar && token.range().start() >= self.range.end()
        };
        let place = self
            .tokens
            .iter()
            .find(closes)
            .map_or(self.range, |token| token.range());
        SyntaxError::new(message, place)
    }

    /// The error on the whole token that contains its place.
    fn at_token(&self, message: &str) -> SyntaxError {
        let place = literals::literal_around(self).unwrap_or(self.range);
        SyntaxError::new(message, place)
    }

    fn error(&self, message: impl Into<Box<str>>) -> SyntaxError {
        SyntaxError::new(message, self.range)
    }

    /// `invalid syntax` at the token where the parser stopped.
    fn invalid(&self) -> SyntaxError {
        let token = self.token_at(self.range.start());
        let place = token
            .filter(|token| !token.range().is_empty())
            .map_or(self.range, |token| token.range());
        SyntaxError::new("invalid syntax", place)
    }

    fn text(&self, range: TextRange) -> &str {
        &self.source.text()[range]
    }

    fn token_at(&self, offset: TextSize) -> Option<&Token> {
        self.tokens
            .iter()
            .find(|token| token.range().start() == offset)
    }

    fn token_before(&self, offset: TextSize) -> Option<&Token> {
        self.tokens
            .iter()
            .rfind(|token| token.range().end() <= offset)
    }

    fn starts_line(&self, token: &Token) -> bool {
        let start = token.range().start();
        let before = &self.source.text()[..start.to_usize()];
        let line = before.rsplit('\n').next().unwrap_or_default();
        line.trim_end().is_empty() || line.trim_end().ends_with([';', ':'])
    }
}

/// Whether a token ends one item inside brackets.
fn separates(kind: TokenKind) -> bool {
    use TokenKind as T;
    matches!(
        kind,
        T::Comma
            | T::Lpar
            | T::Lsqb
            | T::Lbrace
            | T::Rpar
            | T::Rsqb
            | T::Rbrace
            | T::Newline
            | T::Colon
    )
}

fn starts_expression(kind: TokenKind) -> bool {
    use TokenKind as T;
    matches!(
        kind,
        T::Name | T::Int | T::Float | T::String | T::FStringStart | T::None | T::True | T::False
    )
}
