//! What a failure says.

use graph_engine::{Failure, FailureKind as Found};
use reports::failure::FailureKind;
use reports::trace::Source;

use super::places::{Places, source_of};

/// How a panic of a claim begins.
const ASSERTION: &str = "assertion ";

/// Of what kind a failure is, in the words of reports.
pub(super) fn kind(failure: &Failure) -> FailureKind {
    match failure.kind {
        Found::DataRace => FailureKind::DataRace,
        Found::UseAfterFree => FailureKind::UseAfterFree,
        Found::DoubleFree => FailureKind::DoubleFree,
        Found::Leak => FailureKind::Leak,
        Found::Deadlock => FailureKind::Deadlock,
        Found::Livelock => FailureKind::Livelock,
        Found::Nondeterminism => FailureKind::Nondeterminism,
        Found::Panic if said(failure).0.starts_with(ASSERTION) => FailureKind::Claim,
        Found::Panic | Found::Misuse | Found::Limit => FailureKind::Panic,
    }
}

/// The rule that does not hold, what was found instead, and where, if the failure says so.
pub(super) fn broken(failure: &Failure, places: &Places) -> (String, String, Option<Source>) {
    let claim = match failure.kind {
        Found::DataRace => "conflicting accesses of plain data are ordered",
        Found::UseAfterFree => "memory is freed only after every use of it",
        Found::DoubleFree => "memory is freed once",
        Found::Leak => "memory is freed before the end",
        Found::Deadlock => "some thread can always go on",
        Found::Livelock => "some thread can always get on",
        Found::Nondeterminism => "the model does the same whenever what it reads is the same",
        Found::Misuse => "the model asks for nothing that has no meaning",
        Found::Panic | Found::Limit => "the model does not panic",
    };
    let detail = places.rename(&without_glue(&failure.message));
    if failure.kind != Found::Panic {
        return (claim.to_owned(), detail, None);
    }
    let claim = match kind(failure) {
        FailureKind::Claim => "every assertion of the model holds",
        _ => claim,
    };
    (claim.to_owned(), detail, said(failure).1)
}

/// What a panic said, and where.
fn said(failure: &Failure) -> (String, Option<Source>) {
    let text = &failure.message;
    let text = text
        .split_once(" panicked: ")
        .map_or(&text[..], |(_, said)| said);
    let placed = text
        .strip_suffix(')')
        .and_then(|text| text.rsplit_once(" ("));
    let place = placed.and_then(|(said, place)| {
        let (file, line) = place.rsplit_once(':')?;
        Some((said.to_owned(), source_of(file, line.parse().ok()?)))
    });
    match place {
        Some((said, place)) => (said, Some(place)),
        None => (text.to_owned(), None),
    }
}

/// What the compiler calls in the standard library to drop values has no line of the user's.
pub(super) fn without_glue(text: &str) -> String {
    let mut told = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, place)) = rest.split_once(" at /rustc/") {
        told.push_str(before);
        told.push_str(" in a destructor");
        let end = place.find([' ', '\n', ')']).unwrap_or(place.len());
        rest = &place[end..];
    }
    told.push_str(rest);
    told
}
