//! Ordering sites of the dict protocols.

use super::{Shown, Site};

pub(super) const ALL: &[Site] = &[
    Site {
        name: "dict.keys.publish",
        order: "Release",
        pairs_with: "dict.keys.load",
        carries: "The block's head, table and entries; without it a reader touches a block that was not made yet.",
        shown: Shown::By("dict_get_vs_resize"),
    },
    Site {
        name: "dict.keys.load",
        order: "Acquire",
        pairs_with: "dict.keys.publish",
        carries: "The block's head, table and entries.",
        shown: Shown::By("dict_get_vs_resize"),
    },
    Site {
        name: "dict.index.publish",
        order: "Release",
        pairs_with: "dict.index.load",
        carries: "The entry's hash, key and first value; without it a reader compares with a hash that is being written.",
        shown: Shown::By("dict_get_vs_insert"),
    },
    Site {
        name: "dict.index.load",
        order: "Acquire",
        pairs_with: "dict.index.publish",
        carries: "The entry's hash, key and first value.",
        shown: Shown::By("dict_get_vs_insert"),
    },
    Site {
        name: "dict.value.publish",
        order: "Release",
        pairs_with: "dict.value.load",
        carries: "The value's header and fields; without it a reader touches a value that was not made yet.",
        shown: Shown::By("dict_get_vs_replace"),
    },
    Site {
        name: "dict.value.load",
        order: "Acquire",
        pairs_with: "dict.value.publish",
        carries: "The value's header and fields.",
        shown: Shown::By("dict_get_vs_replace"),
    },
    Site {
        name: "dict.usable.lower",
        order: "Release",
        pairs_with: "dict.usable.read",
        carries: "That the entry is counted; without it a reader finds room for too little.",
        shown: Shown::By("dict_room_vs_insert"),
    },
    Site {
        name: "dict.usable.read",
        order: "Acquire",
        pairs_with: "dict.usable.lower",
        carries: "That the entry is counted.",
        shown: Shown::By("dict_room_vs_insert"),
    },
];
