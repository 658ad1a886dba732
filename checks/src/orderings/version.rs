//! Ordering sites of class versions and the cache of attribute lookups.

use super::{Shown, Site};

pub(super) const ALL: &[Site] = &[
    Site {
        name: "inheritance.begin",
        order: "Acquire",
        pairs_with: "inheritance.changed",
        carries: "The change that was counted; without it a new class copies what was there before and does not miss it.",
        shown: Shown::By("version_heir_vs_change"),
    },
    Site {
        name: "inheritance.changed",
        order: "Release",
        pairs_with: "inheritance.begin",
        carries: "The change that was counted.",
        shown: Shown::By("version_heir_vs_change"),
    },
    Site {
        name: "version.read_begin",
        order: "Acquire",
        pairs_with: "version.fill_done",
        carries: "The words of the fill that ended with this number.",
        shown: Shown::By("version_read_vs_fill"),
    },
    Site {
        name: "version.read_fence",
        order: "Acquire",
        pairs_with: "version.fill_fence",
        carries: "That a later fill has begun; without it a reader takes words of two fills.",
        shown: Shown::By("version_read_vs_fill"),
    },
    Site {
        name: "version.fill_begin",
        order: "Acquire",
        pairs_with: "version.fill_done",
        carries: "That the earlier fill is over; without it words of two fills are left.",
        shown: Shown::By("version_two_fills"),
    },
    Site {
        name: "version.fill_fence",
        order: "Release",
        pairs_with: "version.read_fence, version.read_value",
        carries: "That this fill has begun, and the object of its value; without it a reader takes words of two fills.",
        shown: Shown::By("version_read_vs_fill"),
    },
    Site {
        name: "version.fill_done",
        order: "Release",
        pairs_with: "version.read_begin, version.fill_begin",
        carries: "The words of the fill.",
        shown: Shown::By("version_read_vs_fill"),
    },
    Site {
        name: "version.read_value",
        order: "Acquire",
        pairs_with: "version.fill_fence",
        carries: "The object of a later fill; a reader counts it before it knows whether the entry is still that of its version.",
        shown: Shown::By("version_hit_vs_later_fill"),
    },
    Site {
        name: "version.assign",
        order: "Acquire",
        pairs_with: "version.modified",
        carries: "The class as it was changed; without it the old value is cached under the new version.",
        shown: Shown::By("version_fill_vs_modify"),
    },
    Site {
        name: "version.modified",
        order: "Release",
        pairs_with: "version.assign",
        carries: "The class as it was changed.",
        shown: Shown::By("version_fill_vs_modify"),
    },
];
