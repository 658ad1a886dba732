//! Ordering sites of the safepoint protocols.

use super::Shown::{By, Unseen};
use super::Site;

/// Why no checker here sees the order between a request to stop and the countdown.
const COUNTDOWN: &str = "The requester swaps the start value in before it asks, and the thread subtracts after it found \
    the request. Without the order the subtraction could come first in the countdown's modification order and be \
    overwritten, and the requester would wait for ever. But then the swap reads from the subtraction, which depends on \
    the request that follows the swap: a cycle of program order and reads-from, which C11 admits for relaxed accesses \
    and no checker here explores.";

pub(super) const ALL: &[Site] = &[
    Site {
        name: "lock.acquire",
        order: "Acquire",
        pairs_with: "lock.release, lock.wake",
        carries: "the last holder's writes; without it the new holder races with them",
        shown: By("safepoint_lock_excludes"),
    },
    Site {
        name: "lock.take",
        order: "Acquire",
        pairs_with: "lock.release, lock.wake",
        carries: "the same, for a thread that found the lock taken at first",
        shown: By("safepoint_lock_excludes"),
    },
    Site {
        name: "lock.release",
        order: "Release",
        pairs_with: "lock.acquire, lock.take",
        carries: "this holder's writes; without it the next holder races with them",
        shown: By("safepoint_lock_excludes"),
    },
    Site {
        name: "lock.wake",
        order: "Release",
        pairs_with: "lock.acquire, lock.take",
        carries: "this holder's writes, for a thread that takes the lock before the sleeper that was woken",
        shown: By("safepoint_lock_wakes_its_waiter"),
    },
    Site {
        name: "breaker.set",
        order: "Release",
        pairs_with: "breaker.take",
        carries: "what the bit announces; without it the thread looks and does not find it",
        shown: By("safepoint_breaker_keeps_requests"),
    },
    Site {
        name: "breaker.take",
        order: "Acquire",
        pairs_with: "breaker.set",
        carries: "what the bits announce; without it the thread looks and does not find it",
        shown: By("safepoint_breaker_keeps_requests"),
    },
    Site {
        name: "thread.attach",
        order: "Acquire",
        pairs_with: "thread.restart",
        carries: "what the requester did during the stop",
        shown: By("safepoint_attach_state_excludes"),
    },
    Site {
        name: "thread.detach",
        order: "Release",
        pairs_with: "thread.hold",
        carries: "what the thread did while it was inside",
        shown: By("safepoint_attach_state_excludes"),
    },
    Site {
        name: "thread.hold",
        order: "Acquire",
        pairs_with: "thread.detach",
        carries: "what the thread did while it was inside",
        shown: By("safepoint_attach_state_excludes"),
    },
    Site {
        name: "thread.restart",
        order: "Release",
        pairs_with: "thread.attach",
        carries: "what the requester did during the stop",
        shown: By("safepoint_attach_state_excludes"),
    },
    Site {
        name: "thread.ask",
        order: "Release",
        pairs_with: "thread.suspend",
        carries: "the start value of the countdown",
        shown: Unseen(COUNTDOWN),
    },
    Site {
        name: "thread.suspend",
        order: "Acquire",
        pairs_with: "thread.ask",
        carries: "the start value of the countdown",
        shown: Unseen(COUNTDOWN),
    },
    Site {
        name: "stop.arrive",
        order: "Release",
        pairs_with: "stop.observe",
        carries: "what the thread did while it was inside",
        shown: By("safepoint_thread_ends_in_a_stop"),
    },
    Site {
        name: "stop.observe",
        order: "Acquire",
        pairs_with: "stop.arrive",
        carries: "what every thread that was asked did while it was inside",
        shown: By("safepoint_thread_ends_in_a_stop"),
    },
    Site {
        name: "qsbr.advance",
        order: "Release",
        pairs_with: "qsbr.observe, qsbr.scan_fence",
        carries: "what the retirer unpublished; without it a thread publishes the new sequence and still finds the block",
        shown: By("safepoint_qsbr_frees_after_readers"),
    },
    Site {
        name: "qsbr.observe",
        order: "Acquire",
        pairs_with: "qsbr.advance",
        carries: "the same, before the thread's next read",
        shown: By("safepoint_qsbr_frees_after_readers"),
    },
    Site {
        name: "qsbr.attach",
        order: "Release",
        pairs_with: "qsbr.scan",
        carries: "what the thread read before it went outside; without it the block is freed under those reads",
        shown: By("safepoint_qsbr_reattach_vs_scan"),
    },
    Site {
        name: "qsbr.attach_fence",
        order: "SeqCst",
        pairs_with: "qsbr.scan_fence",
        carries: "the thread's slot, before its first read; without it the scan misses a reader",
        shown: By("safepoint_qsbr_attach_vs_scan"),
    },
    Site {
        name: "qsbr.scan_fence",
        order: "SeqCst",
        pairs_with: "qsbr.attach_fence",
        carries: "what was unpublished; without it the scan misses a reader that has not seen that",
        shown: By("safepoint_qsbr_attach_vs_scan"),
    },
    Site {
        name: "qsbr.quiescent",
        order: "Release",
        pairs_with: "qsbr.scan",
        carries: "the thread's reads; without it the block is freed under them",
        shown: By("safepoint_qsbr_frees_after_readers"),
    },
    Site {
        name: "qsbr.detach",
        order: "Release",
        pairs_with: "qsbr.scan",
        carries: "the thread's reads; without it the block is freed under them",
        shown: By("safepoint_qsbr_attach_vs_scan"),
    },
    Site {
        name: "qsbr.scan",
        order: "Acquire",
        pairs_with: "qsbr.quiescent, qsbr.detach, qsbr.attach",
        carries: "the threads' reads; without it the block is freed under them",
        shown: By("safepoint_qsbr_attach_vs_scan"),
    },
    Site {
        name: "qsbr.raise",
        order: "Release",
        pairs_with: "qsbr.reached",
        carries: "the scan, for a thread that frees by it",
        shown: By("safepoint_qsbr_scan_serves_all"),
    },
    Site {
        name: "qsbr.reached",
        order: "Acquire",
        pairs_with: "qsbr.raise",
        carries: "the scan of another thread",
        shown: By("safepoint_qsbr_scan_serves_all"),
    },
    Site {
        name: "collection.begin",
        order: "Acquire",
        pairs_with: "collection.end",
        carries: "the last collection; without it two collections race",
        shown: By("safepoint_one_thread_collects"),
    },
    Site {
        name: "collection.end",
        order: "Release",
        pairs_with: "collection.begin",
        carries: "this collection; without it two collections race",
        shown: By("safepoint_one_thread_collects"),
    },
];
