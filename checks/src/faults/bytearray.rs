//! Faults of the bytearray.

use reports::failure::FailureKind::Claim;

use super::Fault;

pub(super) const ALL: &[Fault] = &[
    Fault {
        name: "ba1-append-in-two-sections",
        origin: "derived: an append is a read and a write, as in the builds of CPython 3.13 without the GIL",
        what: "An append gives the lock up between the old bytes and the new ones.",
        scenario: "bytearray_appends_lose_nothing",
        kind: Claim,
        property: "both appends count",
        weak_memory: false,
    },
    Fault {
        name: "ba2-exports-not-asked",
        origin: "derived: a view's range must stay inside of the bytes",
        what: "A change of the length does not ask whether somebody exports the array.",
        scenario: "bytearray_export_vs_resize",
        kind: Claim,
        property: "an exported array keeps its length",
        weak_memory: false,
    },
    Fault {
        name: "ba3-range-not-asked",
        origin: "derived: a view may be released between the look at it and its use",
        what: "An operation on a view holds the array without asking whether the range of the view is still there.",
        scenario: "bytearray_view_used_vs_released",
        kind: Claim,
        property: "An operation finds the range of the view, or is refused",
        weak_memory: false,
    },
];
