//! Unsafe blocks say why they are sound.

use crate::everywhere;
use crate::source::Source;
use crate::words;

/// How far above a block its comment may begin: a long statement may stand between.
const REACH: usize = 12;

fn safety(source: &Source) -> Vec<String> {
    let lines = &source.lines;
    let is_block = |at: &usize| {
        let code = &lines[*at].code;
        words(code, "unsafe").any(|word| {
            let rest = code[word + "unsafe".len()..].trim_start();
            rest.is_empty() || rest.starts_with('{') || rest.starts_with("impl")
        })
    };
    let is_explained = |at: usize| {
        let above = &lines[at.saturating_sub(REACH)..=at];
        above.iter().any(|line| line.comment.contains("SAFETY:"))
    };
    (0..lines.len())
        .filter(is_block)
        .filter(|at| !is_explained(*at))
        .map(|at| source.complain(at, "an unsafe block without `SAFETY:`"))
        .collect()
}

#[test]
fn every_unsafe_block_is_explained() {
    everywhere(safety);
}

#[test]
fn an_unexplained_block_is_noticed() {
    let sample = |code: &str| safety(&Source::new("src/sample.rs", code)).len();
    assert_eq!(sample("fn f() {\n    unsafe { g() }\n}\n"), 1);
    assert_eq!(sample("unsafe impl Send for T {}\n"), 1);
    assert_eq!(sample("// SAFETY: by Invariant 1.\nunsafe { g() }\n"), 0);
    assert_eq!(sample("unsafe fn f();\n"), 0);
}
