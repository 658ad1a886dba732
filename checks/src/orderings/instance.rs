//! Ordering sites of the dict of an instance.

use super::{Shown, Site};

pub(super) const ALL: &[Site] = &[
    Site {
        name: "lazy.publish",
        order: "Release",
        pairs_with: "lazy.load",
        carries: "The dict's header and fields; without it a reader touches a dict that was not made yet.",
        shown: Shown::By("instance_read_vs_replace"),
    },
    Site {
        name: "lazy.load",
        order: "Acquire",
        pairs_with: "lazy.publish",
        carries: "The dict's header and fields.",
        shown: Shown::By("instance_read_vs_replace"),
    },
];
