//! The fuzzer finds seeded faults, and shrinks what it found to a few calls.

use fuzz::draw;
use fuzz::program::Program;
use fuzz::race::{Counterexample, Race};
use proptest::strategy::Strategy;
use reports::failure::FailureKind;
use reports::plan::World::Shuttle;

/// The counterexample for a fault; that it has at most `calls` calls shows that it was shrunk.
fn finds(
    fault: &'static str,
    programs: impl Strategy<Value = Program>,
    calls: usize,
) -> Counterexample {
    let race = Race {
        world: Shuttle,
        executions: 40,
        fault: Some(fault),
    };
    let found = race
        .fuzz(programs, 100)
        .unwrap_or_else(|| panic!("{fault} was not found"));
    let length: usize = found.program.threads.iter().map(Vec::len).sum();
    assert!(length <= calls, "{found}");
    let unseeded = Race {
        fault: None,
        ..race
    };
    assert!(unseeded.run(&found.program).is_none(), "{found}");
    found
}

#[test]
fn an_array_that_a_writer_frees_under_its_owner_is_found() {
    let found = finds("li1-writer-does-not-mark", draw::on_list(), 2);
    assert_eq!(found.failure.kind, FailureKind::UseAfterFree);
}

#[test]
fn an_append_without_the_lock_is_found() {
    let found = finds("li4-append-without-lock", draw::on_list(), 2);
    assert_eq!(found.failure.kind, FailureKind::DataRace);
}

#[test]
fn keys_that_a_writer_frees_under_a_reader_are_found() {
    let found = finds("di2-reader-does-not-mark", draw::on_dict(), 2);
    assert_eq!(found.failure.kind, FailureKind::UseAfterFree);
    let text = found.to_string();
    assert!(text.contains("T1") && text.contains("x.get("), "{text}");
    assert!(text.contains("keys#1"), "{text}");
}
