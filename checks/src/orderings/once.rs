//! Ordering sites of what is done once.

use super::{Shown, Site};

pub(super) const ALL: &[Site] = &[
    Site {
        name: "once.check",
        order: "Acquire",
        pairs_with: "once.end",
        carries: "What was done.",
        shown: Shown::By("once_runs_once"),
    },
    Site {
        name: "once.begin",
        order: "Acquire",
        pairs_with: "once.end",
        carries: "What the failed attempt left.",
        shown: Shown::By("once_failure_lets_another_try"),
    },
    Site {
        name: "once.end",
        order: "Release",
        pairs_with: "once.check, once.begin",
        carries: "What was done, or left by a failed attempt.",
        shown: Shown::By("once_runs_once"),
    },
];
