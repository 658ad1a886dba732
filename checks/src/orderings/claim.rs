//! Ordering sites of what one thread at a time may run.

use super::{Shown, Site};

pub(super) const ALL: &[Site] = &[
    Site {
        name: "claim.claim",
        order: "Acquire",
        pairs_with: "claim.release",
        carries: "The frame as the last claimant left it.",
        shown: Shown::By("claim_one_thread_runs"),
    },
    Site {
        name: "claim.release",
        order: "Release",
        pairs_with: "claim.claim",
        carries: "The frame as this claimant leaves it.",
        shown: Shown::By("claim_one_thread_runs"),
    },
];
