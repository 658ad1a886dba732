//! The parser's errors in CPython's words, at the place where CPython puts the caret.

mod clauses;
mod ends;
pub(super) mod fields;
mod indentation;
mod items;
mod literals;
mod parameters;
mod patterns;
mod side_by_side;
mod targets;
mod tokens;

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

/// The error that CPython would report: the first one, but a program that is merely wrong is read to its end for
/// characters that no token has.
pub(super) fn first(
    source: &Source,
    tokens: &Tokens,
    errors: &[ParseError],
) -> Option<SyntaxError> {
    let found = explain(source, tokens, errors.first()?);
    let is_lexical = |error: &&ParseError| matches!(&error.error, ParseErrorType::Lexical(kind) if *kind != LexicalErrorType::Eof);
    match errors.iter().find(is_lexical) {
        Some(error) if found.message() == "invalid syntax" => Some(explain(source, tokens, error)),
        _ => Some(found),
    }
}

/// A parse error, as CPython would word it.
fn explain(source: &Source, tokens: &Tokens, error: &ParseError) -> SyntaxError {
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
        if let Some(found) = fields::explain(self).or_else(|| self.told_by_words(error)) {
            return found;
        }
        match error {
            E::Lexical(kind) => self.lexical(kind),
            E::FStringError(kind) => self.interpolated("f-string", kind),
            E::TStringError(kind) => self.interpolated("t-string", kind),
            E::UnexpectedIndentation => indentation::unexpected(self),
            E::SimpleStatementsOnSameLine | E::UnexpectedExpressionToken => self.juxtaposed(),
            E::ExpectedToken { expected, found } => self.expected(*expected, *found),
            E::OtherError(message) => self.other(message),
            E::EmptyImportNames | E::EmptyGlobalNames | E::EmptyNonlocalNames => self.invalid(),
            E::PositionalAfterKeywordArgument => {
                self.at_closer("positional argument follows keyword argument")
            }
            E::PositionalAfterKeywordUnpacking => {
                self.at_closer("positional argument follows keyword argument unpacking")
            }
            E::InvalidStarredExpressionUsage => self.starred(),
            E::InvalidAssignmentTarget
            | E::InvalidAugmentedAssignmentTarget
            | E::InvalidNamedAssignmentTarget
            | E::InvalidAnnotatedAssignmentTarget
            | E::InvalidDeleteTarget => targets::explain(self, error),
            _ => self.fixed(error),
        }
    }

    /// What CPython's grammar looks for when a program is wrong.
    fn told_by_words(&self, error: &ParseErrorType) -> Option<SyntaxError> {
        use ParseErrorType as E;
        match error {
            E::Lexical(_) | E::FStringError(_) | E::TStringError(_) => return None,
            E::InvalidAssignmentTarget | E::InvalidNamedAssignmentTarget => return None,
            E::UnexpectedIndentation => return None,
            _ => {}
        }
        parameters::explain(self)
            .or_else(|| patterns::explain(self, error))
            .or_else(|| items::explain(self))
            .or_else(|| clauses::explain(self))
            .or_else(|| targets::augmented(self))
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
            E::VarParameterWithDefault => "var-positional parameter cannot have default value",
            _ => return self.invalid(),
        };
        self.error(message)
    }

    fn lexical(&self, kind: &LexicalErrorType) -> SyntaxError {
        use LexicalErrorType as L;
        match kind {
            L::UnclosedStringError => fields::closed_inside(self)
                .unwrap_or_else(|| literals::unclosed_string(self, "").of_tokenizer()),
            L::FStringError(kind) => self.interpolated("f-string", kind),
            L::TStringError(kind) => self.interpolated("t-string", kind),
            L::UnicodeError | L::MissingUnicodeLbrace | L::MissingUnicodeRbrace => {
                literals::bad_escape(self)
            }
            L::InvalidByteLiteral => {
                self.at_token("bytes can only contain ASCII literal characters")
            }
            L::IndentationError => indentation::inconsistent(self),
            L::UnrecognizedToken { tok } => self.unknown_character(*tok).of_tokenizer(),
            L::LineContinuationError => self.after_backslash(),
            L::Eof => self.unexpected_end(),
            L::OtherError(_) => literals::bad_number(self).of_tokenizer(),
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
            F::SingleRbrace => {
                let message = format!("{prefix}: single '}}' is not allowed");
                return self.error(message).of_tokenizer();
            }
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
        if flag.starts_with(['}', ':']) {
            return "missing conversion character".into();
        }
        format!("invalid conversion character '{flag}': expected 's', 'r', or 'a'")
    }

    fn unclosed_brace(&self, prefix: &str) -> SyntaxError {
        let Some(token) = self.token_at(self.range.start()) else {
            return self.error(format!("{prefix}: expecting '}}'"));
        };
        let at_end = matches!(token.kind(), TokenKind::FStringEnd | TokenKind::TStringEnd);
        let last = self.token_before(token.start());
        let before_last = last.and_then(|last| self.token_before(last.start()));
        let kind = |token: Option<&Token>| token.map(Token::kind);
        let message = match (kind(before_last), kind(last)) {
            (_, Some(TokenKind::Colon))
            | (Some(TokenKind::Colon), Some(TokenKind::FStringMiddle))
                if at_end =>
            {
                "expecting '}', or format specs"
            }
            _ if at_end => "expecting '}'",
            (_, Some(TokenKind::Equal)) => "expecting '!', or ':', or '}'",
            (Some(TokenKind::Exclamation), _) => "expecting ':' or '}'",
            _ => {
                let found = self.forgotten_comma();
                if found.message() != "invalid syntax" {
                    return found;
                }
                "expecting '=', or '!', or ':', or '}'"
            }
        };
        SyntaxError::new(format!("{prefix}: {message}"), token.range())
    }

    fn unknown_character(&self, c: char) -> SyntaxError {
        if c.is_ascii() && !c.is_ascii_control() {
            return self.invalid();
        }
        let kind = match c.is_control() || c.is_whitespace() || c == '\u{feff}' || c == '\u{200b}' {
            true => format!("invalid non-printable character U+{:04X}", c as u32),
            false => format!("invalid character '{c}' (U+{:04X})", c as u32),
        };
        self.error(kind)
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
                SyntaxError::new("':' expected after dictionary key", place).without_end()
            }
            (TokenKind::Else, TokenKind::Colon) => self.invalid(),
            (TokenKind::Else, _) => self.missing_else(),
            (TokenKind::Comma | TokenKind::Rpar | TokenKind::Rsqb, _) => self.forgotten_comma(),
            _ => self.invalid(),
        }
    }

    fn other(&self, message: &str) -> SyntaxError {
        if let Some(after) = message.strip_prefix("Expected an indented block after ") {
            return indentation::missing_block(self, after);
        }
        let message = match message {
            "Expected `except` or `finally` after `try` block" => {
                return self.at_end(self.error("expected 'except' or 'finally' block"));
            }
            "Bytes literal cannot be mixed with non-bytes literals" => {
                let next = self.token_from(self.range.end());
                let place = next.map_or(self.range, |token| token.range());
                return SyntaxError::new("cannot mix bytes and nonbytes literals", place);
            }
            "Only single target (not tuple) can be annotated" => {
                "only single target (not tuple) can be annotated"
            }
            "Only single target (not list) can be annotated" => {
                "only single target (not list) can be annotated"
            }
            "Trailing comma not allowed" if !self.is_from_import() => return self.invalid_behind(),
            "Trailing comma not allowed" => {
                let message = "trailing comma not allowed without surrounding parentheses";
                let end = self.token_from(self.range.end());
                let place = end.map_or(self.range, |token| token.range());
                return SyntaxError::new(message, place);
            }
            "Cannot have both 'except' and 'except*' on the same 'try'" => {
                let message = "cannot have both 'except' and 'except*' on the same 'try'";
                let keyword = self.token_at(self.range.start());
                let place = keyword.map_or(self.range, |token| token.range());
                return SyntaxError::new(message, place);
            }
            "Expected a parameter name" => return targets::keyword_name(self),
            _ => return self.invalid(),
        };
        self.error(message)
    }

    /// Whether the line of the place begins with `from`.
    fn is_from_import(&self) -> bool {
        let line = self.source.line_of(self.range.start().into());
        self.source.line(line).trim_start().starts_with("from ")
    }

    /// The kind of the token in front of the place.
    fn before(&self) -> Option<TokenKind> {
        self.here().checked_sub(1).map(|index| self.kind(index))
    }

    /// A starred expression; which words fit depends on what stands before it.
    fn starred(&self) -> SyntaxError {
        match self.before() {
            Some(TokenKind::Lbrace) => self.invalid_behind(),
            Some(TokenKind::Lpar) => self.error("cannot use starred expression here"),
            Some(TokenKind::Colon | TokenKind::Lsqb | TokenKind::Comma) => self.invalid(),
            _ => self.error("can't use starred expression here"),
        }
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
        self.at_end(SyntaxError::new("invalid syntax", place))
    }

    /// At the token behind the place, which CPython has read when it gives up.
    fn invalid_behind(&self) -> SyntaxError {
        let next = self.token_from(self.range.end());
        let place = next.map_or(self.range, |token| token.range());
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

    fn token_from(&self, offset: TextSize) -> Option<&Token> {
        let mut tokens = self.tokens.iter();
        tokens.find(|token| token.range().start() >= offset)
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
