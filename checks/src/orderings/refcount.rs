//! Ordering sites of the refcount protocols.

use super::{Shown, Site};

pub(super) const ALL: &[Site] = &[
    Site {
        name: "refcount.drop",
        order: "Release",
        pairs_with: "refcount.last, refcount.owner_last, refcount.unique",
        carries: "a holder's uses of the object; without it they race with the destructor",
        shown: Shown::By("refcount_merged_last_drop"),
    },
    Site {
        name: "refcount.merge",
        order: "Release",
        pairs_with: "refcount.last, refcount.immortal",
        carries: "the owner's uses and its last writes to the header; without it they race with the free",
        shown: Shown::By("refcount_merge_races_last_drop"),
    },
    Site {
        name: "refcount.last",
        order: "Acquire",
        pairs_with: "refcount.drop, refcount.merge",
        carries: "everybody's uses; without it they race with the destructor",
        shown: Shown::By("refcount_merged_last_drop"),
    },
    Site {
        name: "refcount.owner_last",
        order: "Acquire",
        pairs_with: "refcount.drop",
        carries: "other threads' uses; without it they race with the owner's destructor",
        shown: Shown::By("refcount_owner_and_other_drop"),
    },
    Site {
        name: "refcount.unique",
        order: "Acquire",
        pairs_with: "refcount.drop",
        carries: "other threads' uses; without it they race with the change in place",
        shown: Shown::By("refcount_unique_after_drop"),
    },
    Site {
        name: "refcount.try_incref",
        order: "Acquire",
        pairs_with: "refcount.renew",
        carries: "the clearing of the old place; without it the re-check can find the old pointer still there",
        shown: Shown::By("refcount_try_read_rechecks_place"),
    },
    Site {
        name: "refcount.renew",
        order: "Release",
        pairs_with: "refcount.try_incref",
        carries: "the clearing of the old place; without it the re-check can find the old pointer still there",
        shown: Shown::By("refcount_try_read_rechecks_place"),
    },
    Site {
        name: "refcount.immortal",
        order: "Acquire",
        pairs_with: "refcount.merge",
        carries: "the old owner's last store to `local`, which must come before the store of immortality",
        shown: Shown::By("refcount_immortal_by_owner_only"),
    },
    Site {
        name: "mutex.lock",
        order: "Acquire",
        pairs_with: "mutex.unlock",
        carries: "the last holder's writes to the table; without it they race with this holder's",
        shown: Shown::By("refcount_queue_entered_once"),
    },
    Site {
        name: "mutex.unlock",
        order: "Release",
        pairs_with: "mutex.lock",
        carries: "this holder's writes to the table; without it they race with the next holder's",
        shown: Shown::By("refcount_queue_entered_once"),
    },
    Site {
        name: "event.set",
        order: "Release",
        pairs_with: "event.is_set",
        carries: "what the setter did before; without it the waiter's use of it races",
        shown: Shown::By("refcount_event_time_out_races_set"),
    },
    Site {
        name: "event.is_set",
        order: "Acquire",
        pairs_with: "event.set",
        carries: "what the setter did before; without it the waiter's use of it races",
        shown: Shown::By("refcount_event_time_out_races_set"),
    },
    Site {
        name: "event.signal",
        order: "Release",
        pairs_with: "event.woken",
        carries: "the waker's last access to the waiter; without it that races with the free",
        shown: Shown::By("refcount_event_time_out_races_set"),
    },
    Site {
        name: "event.woken",
        order: "Acquire",
        pairs_with: "event.signal",
        carries: "the waker's last access to the waiter; without it that races with the free",
        shown: Shown::By("refcount_event_time_out_races_set"),
    },
];
