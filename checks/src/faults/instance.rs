//! Faults of the dict of an instance.

use reports::failure::FailureKind::Claim;

use super::Fault;

pub(super) const ALL: &[Fault] = &[
    Fault {
        name: "di4-created-without-recheck",
        origin: "gh-112075, PR 118499",
        what: "A thread that made the dict stores it without a look whether there is one by now.",
        scenario: "instance_create_vs_create",
        kind: Claim,
        property: "there is one dict",
        weak_memory: false,
    },
    Fault {
        name: "di9-dict-not-rechecked",
        origin: "gh-149816, PR 152296",
        what: "An attribute is stored in the dict that the object had before the locks were taken.",
        scenario: "instance_setattr_vs_replace",
        kind: Claim,
        property: "the attribute is in one dict",
        weak_memory: false,
    },
];
