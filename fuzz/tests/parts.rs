//! Parts of a run put together: what two of them have met counts once.

use std::collections::BTreeSet;

use fuzz::campaign::Tally;
use fuzz::outcome::{Fuzzed, Outcome};

fn part(stream: u64, met: &[u64]) -> Outcome {
    let tally = Tally {
        cases: 5,
        meetings: met.len() as u64,
        ..Tally::default()
    };
    let fuzzed = Fuzzed {
        tally,
        met: met.iter().copied().collect(),
        ..Fuzzed::default()
    };
    let mut part = Outcome::new(1, None, (stream, 2), Some(stream));
    part.fuzzed.insert("list".to_owned(), fuzzed);
    part
}

#[test]
fn what_two_parts_have_met_counts_once() {
    let saved = part(1, &[10, u64::MAX]).to_json();
    let mut whole = Outcome::from_json(&saved).expect("it was saved");
    whole.merge(part(2, &[u64::MAX, 30])).expect("another part");
    let list = &whole.fuzzed["list"];
    assert_eq!(list.tally.cases, 10);
    assert_eq!(list.met, BTreeSet::from([10, 30, u64::MAX]));
    assert_eq!(list.tally.meetings, 3);
    let again = whole.merge(part(2, &[]));
    assert!(again.is_err(), "the same part twice");
}
