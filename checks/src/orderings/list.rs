//! Ordering sites of the list protocols, and of what lists share with other containers.

use super::{Shown, Site};

pub(super) const ALL: &[Site] = &[
    Site {
        name: "list.items.publish",
        order: "Release",
        pairs_with: "list.items.load",
        carries: "The array's head and slots; without it a reader touches an array that was not made yet.",
        shown: Shown::By("list_get_vs_growth"),
    },
    Site {
        name: "list.items.load",
        order: "Acquire",
        pairs_with: "list.items.publish",
        carries: "The array's head and slots.",
        shown: Shown::By("list_get_vs_growth"),
    },
    Site {
        name: "list.slot.publish",
        order: "Release",
        pairs_with: "list.slot.load",
        carries: "The item's header and fields; without it a reader touches an item that was not made yet.",
        shown: Shown::By("list_get_vs_set"),
    },
    Site {
        name: "list.slot.shift",
        order: "Release",
        pairs_with: "list.slot.load",
        carries: "The item's header and fields, as its creator published them in another slot.",
        shown: Shown::By("list_get_vs_shift"),
    },
    Site {
        name: "list.slot.load",
        order: "Acquire",
        pairs_with: "list.slot.publish, list.slot.shift",
        carries: "The item's header and fields.",
        shown: Shown::By("list_get_vs_set"),
    },
    Site {
        name: "cell.publish",
        order: "Release",
        pairs_with: "cell.load",
        carries: "The item's header and fields.",
        shown: Shown::By("list_cell_get_vs_set"),
    },
    Site {
        name: "cell.load",
        order: "Acquire",
        pairs_with: "cell.publish",
        carries: "The item's header and fields.",
        shown: Shown::By("list_cell_get_vs_set"),
    },
    Site {
        name: "header.mark_shared",
        order: "Release",
        pairs_with: "header.is_shared",
        carries: "That the owner has replaced the blocks that it freed at once; without it a reader finds one of them.",
        shown: Shown::By("list_mark_seen_by_others"),
    },
    Site {
        name: "header.is_shared",
        order: "Acquire",
        pairs_with: "header.mark_shared",
        carries: "That the owner has replaced the blocks that it freed at once.",
        shown: Shown::By("list_mark_seen_by_others"),
    },
];
