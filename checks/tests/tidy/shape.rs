//! What every file looks like: a first sentence, a bounded length, imports in groups, no leftovers.

use crate::source::Source;
use crate::{everywhere, has_word};

/// Lines without unit tests and without the header; "about 400".
const LENGTH: usize = 420;

fn first_line(source: &Source) -> Vec<String> {
    if source.text.starts_with("//! ") {
        return Vec::new();
    }
    vec![source.complain(
        0,
        "the first line is not `//! ` and a sentence that says what the file is",
    )]
}

fn length(source: &Source) -> Vec<String> {
    let header = source
        .lines
        .iter()
        .take_while(|line| line.comment.starts_with("//!"));
    let lines = source.lines.len() - header.count();
    if lines <= LENGTH || source.is_test() {
        return Vec::new();
    }
    vec![source.complain(0, format_args!("{lines} lines, and {LENGTH} are enough"))]
}

/// Which group an import belongs to.
fn group(code: &str) -> Option<u8> {
    let path = code
        .strip_prefix("use ")
        .or_else(|| code.strip_prefix("pub use "))?;
    let root = path.split("::").next().unwrap_or(path);
    Some(match root {
        "std" | "core" | "alloc" => 0,
        "crate" | "super" | "self" => 2,
        _ => 1,
    })
}

/// Within one block of lines without a gap, all imports are of one group.
fn imports(source: &Source) -> Vec<String> {
    let lines = &source.lines;
    let groups = lines
        .iter()
        .map(|line| group(&line.code))
        .collect::<Vec<_>>();
    let mixed = |at: &usize| match (groups[at - 1], groups[*at]) {
        (Some(before), Some(after)) => before != after && before != 1 && after != 1,
        _ => false,
    };
    (1..lines.len())
        .filter(mixed)
        .map(|at| {
            source.complain(
                at,
                "imports of two groups without a blank line between them",
            )
        })
        .collect()
}

/// What nothing that lands contains.
fn leftovers(source: &Source) -> Vec<String> {
    let mut complaints = Vec::new();
    for (at, line) in source.lines.iter().enumerate() {
        for word in ["todo!", "unimplemented!", "dbg!", "should_panic", "ignore"] {
            let attribute = matches!(word, "should_panic" | "ignore");
            let found = match attribute {
                true => line.code.contains(&format!("#[{word}")),
                false => line.code.contains(word),
            };
            if found {
                complaints.push(source.complain(at, format_args!("`{word}`")));
            }
        }
        if ["TODO", "FIXME", "XXX"]
            .iter()
            .any(|word| has_word(&line.comment, word))
        {
            complaints.push(source.complain(at, "a comment that says what is left to do"));
        }
    }
    complaints
}

#[test]
fn every_file_says_what_it_is() {
    everywhere(first_line);
}

#[test]
fn no_file_is_long() {
    everywhere(length);
}

#[test]
fn imports_come_in_groups() {
    everywhere(imports);
}

#[test]
fn nothing_is_left_over() {
    everywhere(leftovers);
}

#[test]
fn each_rule_can_fail() {
    let sample = |text: &str| Source::new("src/sample.rs", text);
    assert_eq!(first_line(&sample("use std::fmt;\n")).len(), 1);
    assert_eq!(length(&sample(&"\n".repeat(500))).len(), 1);
    assert_eq!(imports(&sample("use std::fmt;\nuse crate::x;\n")).len(), 1);
    let bad = "#[ignore]\n#[should_panic(expected = \"x\")]\nfn f() { todo!() } // TODO later\n";
    assert_eq!(leftovers(&sample(bad)).len(), 4);
}
