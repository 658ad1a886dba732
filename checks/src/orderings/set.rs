//! Ordering sites of the set protocols.

use super::{Shown, Site};

pub(super) const ALL: &[Site] = &[
    Site {
        name: "set.table.publish",
        order: "Release",
        pairs_with: "set.table.load",
        carries: "The table's mask and places; without it a reader touches a table that was not made yet.",
        shown: Shown::By("set_contains_vs_growth"),
    },
    Site {
        name: "set.table.load",
        order: "Acquire",
        pairs_with: "set.table.publish",
        carries: "The table's mask and places.",
        shown: Shown::By("set_contains_vs_growth"),
    },
    Site {
        name: "set.key.publish",
        order: "Release",
        pairs_with: "set.key.load",
        carries: "The hash, and the key's header and fields; without it a reader compares with a hash that is being written.",
        shown: Shown::By("set_contains_vs_add"),
    },
    Site {
        name: "set.key.load",
        order: "Acquire",
        pairs_with: "set.key.publish",
        carries: "The hash, and the key's header and fields.",
        shown: Shown::By("set_contains_vs_add"),
    },
];
