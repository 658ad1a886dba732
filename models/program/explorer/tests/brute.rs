//! Drawn Python programs: one interleaving of each class shows what all interleavings show.

mod support;

#[path = "support/draw.rs"]
mod draw;

use std::collections::BTreeSet;

use explorer::Explored;
use support::{explored, of_text};

/// Programs that are drawn.
const PROGRAMS: u64 = 24;

/// What the program prints in its outcomes.
fn outputs(explored: &Explored) -> BTreeSet<String> {
    let outcomes = explored.found.iter();
    outcomes.map(|found| found.outcome.output.clone()).collect()
}

#[test]
fn one_interleaving_of_each_class_shows_what_all_show() {
    for number in 0..PROGRAMS {
        let text = draw::program(number, false);
        let program = of_text("drawn.py", text.as_bytes());
        let (few, all) = (explored(&program, true), explored(&program, false));
        assert_eq!(outputs(&few), outputs(&all), "{text}");
        // As many classes as the search counts are shown where it is tested alone. Here all interleavings can have more:
        // where a thread is while it ends moves operations of those who wait for it.
        assert!(few.interleavings <= all.interleavings, "classes of\n{text}");
    }
}
