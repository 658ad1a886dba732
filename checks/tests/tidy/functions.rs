//! How long functions are.

use crate::source::{self, Source};
use crate::words;

const MEDIAN: usize = 7;
const NEARLY_ALL: usize = 60;

/// The lines between the braces of every function, with where it starts.
fn lengths(source: &Source) -> Vec<(usize, usize)> {
    let code = source.code();
    words(&code, "fn")
        .filter_map(|at| length(&code, at))
        .collect()
}

/// The line of the function whose `fn` stands at `at`, and how long it is; nothing for one without a body.
fn length(code: &str, at: usize) -> Option<(usize, usize)> {
    let body = body(code, at)?;
    let line = |at: usize| code[..at].matches('\n').count();
    Some((line(at), line(body.1).saturating_sub(line(body.0) + 1)))
}

/// Where the body begins and ends.
fn body(code: &str, at: usize) -> Option<(usize, usize)> {
    let mut depth = 0_i32;
    let mut start = None;
    for (offset, letter) in code[at..].char_indices() {
        match letter {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth -= 1,
            _ => {}
        }
        match (letter, depth) {
            (';', 0) if start.is_none() => return None,
            ('{', 1) if start.is_none() => start = Some(at + offset),
            ('}', 0) => return start.map(|start| (start, at + offset)),
            _ if depth < 0 => return None,
            _ => {}
        }
    }
    None
}

/// The values at one half and at 99 of 100.
fn percentiles(mut lengths: Vec<usize>) -> (usize, usize) {
    lengths.sort_unstable();
    let at = |share: usize| {
        lengths
            .get((lengths.len().saturating_sub(1)) * share / 100)
            .copied()
    };
    (at(50).unwrap_or(0), at(99).unwrap_or(0))
}

#[test]
fn functions_are_short() {
    let sources: Vec<Source> = source::all()
        .into_iter()
        .filter(|source| !source.is_test())
        .collect();
    let mut all = Vec::new();
    let mut long = Vec::new();
    for source in &sources {
        for (line, length) in lengths(source) {
            all.push(length);
            if length > NEARLY_ALL {
                long.push(source.complain(line, format_args!("{length} lines")));
            }
        }
    }
    let (median, nearly_all) = percentiles(all);
    assert!(
        median <= MEDIAN,
        "half of all functions are longer than {median} lines"
    );
    assert!(
        nearly_all <= NEARLY_ALL,
        "one in a hundred is longer than {nearly_all}: {long:#?}"
    );
}

#[test]
fn lengths_are_those_between_the_braces() {
    let text = "fn a() {}\nfn b(x: [u8; 2]) -> u8 {\n    x[0]\n}\ntrait T {\n    fn c(&self);\n}\n";
    assert_eq!(
        lengths(&Source::new("src/sample.rs", text)),
        [(0, 0), (1, 1)]
    );
    assert_eq!(percentiles(vec![1, 2, 300]), (2, 2));
    assert_eq!(percentiles(vec![100; 3]), (100, 100));
}
