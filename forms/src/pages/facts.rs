//! Small pieces of text that many pages show.

use maud::{Markup, html};
use reports::run::{Row, Verdict};

/// Where the issues and pull requests of CPython are.
const CPYTHON: &str = "https://github.com/python/cpython";

/// An origin whose numbers lead to CPython's issues: `gh-127582`, `PR 114824`.
pub(crate) fn origin(text: &str) -> Markup {
    html! {
        @for part in parts(text) {
            @match part {
                Part::Plain(text) => (text),
                Part::Issue(text, number) => a href={ (CPYTHON) "/issues/" (number) } { (text) },
                Part::Pull(text, number) => a href={ (CPYTHON) "/pull/" (number) } { (text) },
            }
        }
    }
}

/// A stretch of an origin.
#[derive(Debug, PartialEq, Eq)]
enum Part<'a> {
    Plain(&'a str),
    Issue(&'a str, &'a str),
    Pull(&'a str, &'a str),
}

fn parts(text: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some((at, word)) = next(rest) {
        let digits = &rest[at + word.len()..];
        let length = digits.find(|c: char| !c.is_ascii_digit());
        let number = &digits[..length.unwrap_or(digits.len())];
        let end = at + word.len() + number.len();
        parts.push(Part::Plain(&rest[..at]));
        let text = &rest[at..end];
        parts.push(match word {
            _ if number.is_empty() => Part::Plain(text),
            ISSUE => Part::Issue(text, number),
            _ => Part::Pull(text, number),
        });
        rest = &rest[end..];
    }
    parts.push(Part::Plain(rest));
    parts.retain(|part| *part != Part::Plain(""));
    parts
}

/// What stands before the number of an issue, and of a pull request.
const ISSUE: &str = "gh-";
const PULL: &str = "PR ";

/// Where the next number is announced, and what it is the number of.
fn next(text: &str) -> Option<(usize, &'static str)> {
    let find = |word| Some((text.find(word)?, word));
    [ISSUE, PULL].into_iter().filter_map(find).min()
}

/// A sentence whose words between backticks are code.
pub(crate) fn marked(text: &str) -> Markup {
    let parts: Vec<&str> = text.split('`').collect();
    // Without a partner, a backtick is one.
    let closed = parts.len() % 2 == 1;
    html! {
        @for (number, part) in parts.iter().enumerate() {
            @if closed && number % 2 == 1 { code { (part) } }
            @else { @if !closed && number > 0 { "`" } (part) }
        }
    }
}

/// The class that colours a verdict.
pub(crate) fn class(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Held => "held",
        Verdict::Inconclusive => "open",
        Verdict::Vacuous => "vacuous",
        Verdict::Failed => "failed",
    }
}

/// The sign that stands for a verdict beside its colour.
pub(crate) fn sign(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Held => "\u{2713}",
        Verdict::Inconclusive => "?",
        Verdict::Vacuous => "\u{2205}",
        Verdict::Failed => "\u{2717}",
    }
}

/// What a row came to, in a word or two: how much was covered, or what failed.
pub(crate) fn word(row: &Row) -> String {
    match (&row.failure, row.verdict) {
        (Some(failure), _) => failure.kind.to_string(),
        (None, Verdict::Held | Verdict::Inconclusive) => row.bound(),
        (None, verdict) => verdict.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Part, marked, parts};

    #[test]
    fn what_is_between_backticks_is_code() {
        assert_eq!(marked("a `b<c` d").into_string(), "a <code>b&lt;c</code> d");
        assert_eq!(marked("it is ` alone").into_string(), "it is ` alone");
    }

    #[test]
    fn numbers_of_issues_and_pull_requests_are_found() {
        assert_eq!(
            parts("gh-110481, PR 114824"),
            [
                Part::Issue("gh-110481", "110481"),
                Part::Plain(", "),
                Part::Pull("PR 114824", "114824"),
            ]
        );
        assert_eq!(parts("derived"), [Part::Plain("derived")]);
        assert_eq!(parts("gh-<b>"), [Part::Plain("gh-"), Part::Plain("<b>")]);
    }
}
