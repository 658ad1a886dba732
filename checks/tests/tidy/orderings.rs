//! Memory orders in the shared source: each is explained, each that is not relaxed is a named site.

use std::collections::BTreeSet;

use crate::source::Source;
use crate::{everywhere, words};

const ORDERS: [&str; 5] = ["Relaxed", "Acquire", "Release", "AcqRel", "SeqCst"];

/// How far above an access its comment may stand.
const REACH: usize = 10;

/// The lines of code that are compiled only where faults can be switched on.
fn faulty(source: &Source) -> BTreeSet<usize> {
    let code = source.code();
    let mut lines = BTreeSet::new();
    for at in words(&code, "seeded!").filter(|at| !code[..*at].ends_with('!')) {
        let Some(start) = code[at..].find('{').map(|offset| at + offset) else {
            continue;
        };
        let line = |at: usize| code[..at].matches('\n').count();
        lines.extend(line(start)..=line(closing(&code, start)));
    }
    lines
}

/// Where the brace that opens at `start` closes.
fn closing(code: &str, start: usize) -> usize {
    let mut depth = 0_i32;
    for (offset, letter) in code[start..].char_indices() {
        depth += i32::from(letter == '{') - i32::from(letter == '}');
        if depth == 0 {
            return start + offset;
        }
    }
    code.len()
}

/// The lines of code that name an order; imports, and steps that a fault takes, are left out.
fn accesses(source: &Source) -> impl Iterator<Item = (usize, &'static str)> {
    let faulty = faulty(source);
    let lines = source.lines.iter().enumerate();
    lines.flat_map(move |(at, line)| {
        let import = line.code.trim_start().starts_with("use ")
            || line.code.trim_start().starts_with("pub use ");
        let named = |order: &&&str| {
            !import && !faulty.contains(&at) && words(&line.code, order).next().is_some()
        };
        ORDERS
            .iter()
            .filter(named)
            .map(move |order| (at, *order))
            .collect::<Vec<_>>()
    })
}

fn explained(source: &Source) -> Vec<String> {
    if source.layer().is_none() {
        return Vec::new();
    }
    let is_explained = |at: usize| {
        let above = &source.lines[at.saturating_sub(REACH)..=at];
        above.iter().any(|line| line.comment.contains("ORDERING:"))
    };
    accesses(source)
        .filter(|(at, _)| !is_explained(*at))
        .map(|(at, order)| source.complain(at, format_args!("`{order}` without `ORDERING:`")))
        .collect()
}

fn sites(source: &Source) -> Vec<String> {
    if source.layer().is_none() {
        return Vec::new();
    }
    let code = source.code();
    let mut complaints = Vec::new();
    for (at, order) in accesses(source).filter(|(_, order)| *order != "Relaxed") {
        let start: usize = code.split_inclusive('\n').take(at).map(str::len).sum();
        for word in words(&source.lines[at].code, order) {
            if !is_second_argument_of_site(&code[..start + word]) {
                complaints
                    .push(source.complain(at, format_args!("`{order}` that is not a named site")));
            }
        }
    }
    complaints
}

/// Whether the code before an order ends with `site("..",`.
fn is_second_argument_of_site(before: &str) -> bool {
    let before = before.trim_end().trim_end_matches("Ordering::").trim_end();
    let Some(before) = before.strip_suffix(',') else {
        return false;
    };
    let Some(before) = before.trim_end().strip_suffix('"') else {
        return false;
    };
    let Some(quote) = before.rfind('"') else {
        return false;
    };
    before[..quote].trim_end().ends_with("site(")
}

/// Sequential consistency comes from fences only.
fn fences(source: &Source) -> Vec<String> {
    if source.layer().is_none() {
        return Vec::new();
    }
    let is_fence = |at: usize| {
        let code = source.lines[at.saturating_sub(1)..=at]
            .iter()
            .map(|line| line.code.as_str());
        words(&code.collect::<String>(), "fence").next().is_some()
    };
    accesses(source)
        .filter(|(at, order)| *order == "SeqCst" && !is_fence(*at))
        .map(|(at, _)| source.complain(at, "a sequentially consistent access"))
        .collect()
}

#[test]
fn every_order_is_explained() {
    everywhere(explained);
}

#[test]
fn every_order_that_is_not_relaxed_is_a_site() {
    everywhere(sites);
}

#[test]
fn only_fences_are_sequentially_consistent() {
    everywhere(fences);
}

#[test]
fn each_rule_can_fail() {
    let sample = |code: &str| Source::new("runtime/src/protocols/sample.rs", code);
    assert_eq!(explained(&sample("x.load(Relaxed)\n")).len(), 1);
    assert_eq!(
        explained(&sample("// ORDERING: Relaxed; mine.\nx.load(Relaxed)\n")).len(),
        0
    );
    assert_eq!(sites(&sample("x.load(Acquire)\n")).len(), 1);
    assert_eq!(sites(&sample("x.load(site(\"a.b\", Acquire))\n")).len(), 0);
    assert_eq!(
        sites(&sample(
            "x.load(site(\n    \"a.b\",\n    Ordering::Acquire,\n))\n"
        ))
        .len(),
        0
    );
    let fault = "if seeded!(\"x\") {\n    x.load(Acquire)\n} else {\n    y.load(Release)\n}\n";
    assert_eq!(sites(&sample(fault)).len(), 1);
    assert_eq!(fences(&sample("x.load(site(\"a.b\", SeqCst))\n")).len(), 1);
    assert_eq!(fences(&sample("fence(site(\"a.b\", SeqCst));\n")).len(), 0);
}
