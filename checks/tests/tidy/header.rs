//! The header of a protocol file.

use crate::everywhere;
use crate::source::Source;

const HEADINGS: [&str; 7] = [
    "# Source",
    "# State",
    "# Transitions",
    "# Invariants",
    "# Orderings",
    "# Not covered",
    "# Checks",
];

/// A protocol is a file of `protocols/`, or the `mod.rs` of a folder there.
fn is_protocol(path: &str) -> bool {
    let Some(inside) = path.strip_prefix("runtime/src/protocols/") else {
        return false;
    };
    match inside.split_once('/') {
        None => inside != "mod.rs",
        Some((_, file)) => file == "mod.rs",
    }
}

/// The headings stand in the file's first comment, in this order.
fn header(source: &Source) -> Vec<String> {
    if !is_protocol(&source.path) {
        return Vec::new();
    }
    let lines: Vec<&str> = source
        .text
        .lines()
        .take_while(|line| line.starts_with("//!"))
        .collect();
    let mut complaints = Vec::new();
    let mut from = 0;
    for heading in HEADINGS {
        let found = lines[from..]
            .iter()
            .position(|line| line[3..].trim_start().starts_with(heading));
        match found {
            Some(at) => from += at + 1,
            None => complaints.push(source.complain(
                0,
                format_args!("the header has no `{heading}`, or not here"),
            )),
        }
    }
    complaints
}

#[test]
fn every_protocol_has_its_header() {
    everywhere(header);
}

#[test]
fn a_missing_heading_is_noticed() {
    let all: String = HEADINGS
        .iter()
        .map(|heading| format!("//! {heading}  x\n"))
        .collect();
    let path = "runtime/src/protocols/sample.rs";
    assert_eq!(header(&Source::new(path, &all)), Vec::<String>::new());
    assert_eq!(
        header(&Source::new(path, &all.replace("# Invariants", ""))).len(),
        1
    );
    assert_eq!(header(&Source::new(path, "")).len(), HEADINGS.len());
    assert_eq!(
        header(&Source::new("runtime/src/protocols/sample/part.rs", "")),
        Vec::<String>::new()
    );
}
