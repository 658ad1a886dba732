//! What operations on locks, events and what is built on them do in steps.

use super::{NO_OTHER_KNOWS, Table, many, one, one_but};

pub(super) const LOCK: Table = &[
    many("__new__ __init__", NO_OTHER_KNOWS),
    one(
        "acquire acquire_lock __enter__",
        "safepoint_thread_lock_excludes, safepoint_thread_lock_time_out",
    ),
    one(
        "release release_lock __exit__",
        "safepoint_thread_lock_wakes",
    ),
    one("locked locked_lock __repr__", ""),
];

pub(super) const RLOCK: Table = &[
    many("__new__ __init__", NO_OTHER_KNOWS),
    one("acquire __enter__", "safepoint_rlock_excludes"),
    one(
        "release __exit__ _release_save",
        "safepoint_rlock_excludes, safepoint_rlock_holder_stays",
    ),
    one("_acquire_restore", ""),
    one(
        "locked __repr__ _is_owned _recursion_count",
        "safepoint_rlock_holder_stays",
    ),
];

pub(super) const EVENT: Table = &[
    many("__new__ __init__", NO_OTHER_KNOWS),
    one("set", "safepoint_reset_event_carries"),
    one("clear", "safepoint_reset_event_pulse"),
    one("is_set isSet __repr__", ""),
    many(
        "wait",
        "looks at the flag and, while it is down, sleeps until it rises, also if it is lowered at once \
         (safepoint_reset_event_pulse)",
    ),
];

pub(super) const CONDITION: Table = &[
    many("__init__", NO_OTHER_KNOWS),
    many(
        "wait",
        "joins the waiters and gives the lock up: one step for all who hold the lock; then sleeps; then takes the lock",
    ),
    many(
        "wait_for",
        "`wait` until the predicate holds, which is asked with the lock",
    ),
    one_but(
        "notify notify_all",
        "somebody comes without the lock, which raises RuntimeError",
        "",
    ),
    one("__enter__ __exit__ locked", ""),
    many(
        "__repr__ _check _is_owned",
        "a look that may be old when it arrives",
    ),
    one("_release_save _acquire_restore", ""),
];

pub(super) const SEMAPHORE: Table = &[
    many("__init__", NO_OTHER_KNOWS),
    one("acquire", ""),
    one("release __exit__", ""),
    many("__repr__", "a look that may be old when it arrives"),
    one("_is_free _shown _give_back", ""),
];

pub(super) const BARRIER: Table = &[
    many("__init__", NO_OTHER_KNOWS),
    many(
        "wait",
        "comes in one step; the last one runs the action and lets the others go in another, which wake later",
    ),
    one("reset abort", ""),
    many(
        "__repr__ parties n_waiting broken",
        "a look that may be old when it arrives",
    ),
    one("_pass _stay _break _renew", ""),
];
