#!/usr/bin/env bash
# quick-junit 0.8.0: the lines of a failure's message are one line for who reads the report.
#
# The guess: a library for reports escapes what it puts into an attribute, so a message of two lines comes back as two. `<`,
# `&` and quotes are escaped, a line end stands as it is, and XML has every reader turn that into a blank. The library's own
# reader does not, so a test that writes and reads back sees nothing. As the description, which is an element's text, the same
# message keeps its lines. Tabs are taken out of both, along with colours.
#
# Needs a Python for a second reader; PYTHON names another than python3.
# Seen: the text at the end.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
mkdir src
cat > Cargo.toml <<'TOML'
[package]
name = "finding"
version = "0.1.0"
edition = "2021"
[dependencies]
quick-junit = "=0.8.0"
TOML
cat > src/main.rs <<'RUST'
use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

const TEXT: &str = "left: <1>\n\tright: \"2\"\u{1b}[0m";

fn main() {
    let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
    status.set_message(TEXT).set_description(TEXT);
    let mut suite = TestSuite::new("suite");
    suite.add_test_case(TestCase::new("case", status));
    let mut report = Report::new("report");
    report.add_test_suite(suite);
    let text = report.to_string().unwrap();
    std::fs::write("report.xml", &text).unwrap();
    let read = Report::deserialize_from_str(&text).unwrap();
    let Some(quick_junit::TestSuite { test_cases, .. }) = read.test_suites.first() else { panic!("no suite") };
    if let TestCaseStatus::NonSuccess { message, description, .. } = &test_cases[0].status {
        println!("quick-junit, message: {:?}", message.as_ref().unwrap().as_str());
        println!("quick-junit, description: {:?}", description.as_ref().unwrap().as_str());
    }
}
RUST
cat > read.py <<'PY'
import xml.etree.ElementTree as tree

failure = next(tree.parse("report.xml").iter("failure"))
print("Python, message:", ascii(failure.get("message")))
print("Python, description:", ascii(failure.text))
PY
cat > expected <<'TEXT'
quick-junit, message: "left: <1>\nright: \"2\""
quick-junit, description: "left: <1>\nright: \"2\""
Python, message: 'left: <1> right: "2"'
Python, description: 'left: <1>\nright: "2"'
TEXT
{ cargo run --quiet 2> errors && "${PYTHON:-python3}" read.py; } | tee seen || { cat errors; exit 1; }
diff expected seen && echo "as written"
