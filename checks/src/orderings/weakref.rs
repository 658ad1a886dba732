//! Ordering sites of the weak references.

use super::{Shown, Site};

pub(super) const ALL: &[Site] = &[
    Site {
        name: "weakref.anchor.publish",
        order: "Release",
        pairs_with: "weakref.anchor.load",
        carries: "The anchor as it was made; without it another maker touches an anchor that was not made yet.",
        shown: Shown::By("weakref_create_vs_create"),
    },
    Site {
        name: "weakref.anchor.load",
        order: "Acquire",
        pairs_with: "weakref.anchor.publish",
        carries: "The anchor as it was made.",
        shown: Shown::By("weakref_create_vs_create"),
    },
];
