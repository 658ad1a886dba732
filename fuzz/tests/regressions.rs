//! Programs that once failed, with a fault or without: they hold now, and each still fails with its fault.

use std::sync::Arc;
use std::time::Duration;

use fuzz::explore::{self, Explorer, Settings};
use fuzz::program::Program;
use reports::failure::Failure;

fn program(text: &str) -> Arc<Program> {
    let program = Program::parse(text, &fuzz::targets());
    Arc::new(program.unwrap_or_else(|why| panic!("{why}\n{text}")))
}

fn fails(program: &Arc<Program>, explorer: Explorer, fault: Option<&str>) -> Option<Failure> {
    let settings = Settings {
        seed: 1,
        executions: 400,
        budget: Duration::from_secs(60),
        fault: fault.and_then(fuzz::fault),
        as_found: true,
        progress: Arc::default(),
    };
    explore::run(program, explorer, &settings).failure
}

/// Each with the fault that it was found with.
const PROGRAMS: [(&str, &str); 7] = [
    (
        "li1-writer-does-not-mark",
        "target list\nstart 1 |\nthread\nget 0\nthread\nappend 10\n",
    ),
    (
        "li2-reader-does-not-mark",
        "target list\nstart 1 1 |\nthread\nset 1 10\nget 0\nappend 11\nthread\nget 1\n",
    ),
    (
        "li4-append-without-lock",
        "target list\nstart |\nthread\nappend 11\nthread\nappend 10\n",
    ),
    (
        "qs-array-freed-at-once",
        "target list\nstart 1 |\nthread\npop 0\nthread\nappend 10\nget 0\n",
    ),
    (
        "di1-key-not-tested",
        "target dict\nstart 0 1 |\nthread\ninsert 3 10\npop 0\nthread\nget 0\nget 1\n",
    ),
    (
        "di2-reader-does-not-mark",
        "target dict\nstart 0 1 1 1 2 1 3 1 4 1 |\nthread\ninsert 5 10\nthread\nget 0\n",
    ),
    (
        "qs-keys-freed-at-once",
        "target dict\nstart 0 1 1 1 2 1 3 1 4 1 |\nthread\ninsert 5 10\nthread\nget 0\n",
    ),
];

#[test]
fn they_hold_under_shuttle_and_natively() {
    for (fault, text) in PROGRAMS {
        for explorer in [Explorer::Pct, Explorer::Random, Explorer::Native] {
            let failure = fails(&program(text), explorer, None);
            assert!(failure.is_none(), "{fault} under {explorer}: {failure:?}");
        }
    }
}

#[test]
fn each_still_fails_with_its_fault() {
    for (fault, text) in PROGRAMS {
        let program = program(text);
        let found = [Explorer::Pct, Explorer::Random]
            .into_iter()
            .find_map(|explorer| fails(&program, explorer, Some(fault)));
        assert!(found.is_some(), "{fault}");
    }
}

/// Found by the first campaign: a store of a slot that releases nothing cuts off what the last detach has released.
#[test]
fn a_reader_that_comes_in_again_is_seen_by_who_frees() {
    let program = program("target list\nstart 1 |\nthread\nappend 10\nthread\nget 0\n");
    for explorer in [Explorer::Pct, Explorer::Random] {
        let failure = fails(&program, explorer, None);
        assert!(failure.is_none(), "{failure:?}");
    }
}
