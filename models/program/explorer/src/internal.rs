//! What is not watched of the interpreter's memory, and why no program notices who comes first there.

use runtime_program::engine::Internal;

/// The interpreter's own affairs.
pub const INTERNAL: Internal = Internal {
    files: &[
        (
            "protocols/refcount/",
            "counts; the end of an object that somebody notices is looked at apart",
        ),
        ("protocols/merge_queue.rs", "the same"),
        ("protocols/deferred.rs", "the same"),
        (
            "protocols/weakref.rs",
            "whether an object has weak references; what they say lies behind a lock",
        ),
        (
            "objects/header.rs",
            "flags of objects: deferred, finalized, watched by the collector",
        ),
        (
            "protocols/object_lock.rs",
            "what a lock protects is watched, not who takes it",
        ),
        ("protocols/critical_section.rs", "the same"),
        ("protocols/mutex.rs", "the same"),
        (
            "protocols/gate.rs",
            "sleeping and waking, which the engine does",
        ),
        ("protocols/event.rs", "the same"),
        ("protocols/qsbr/", "when memory is used again"),
        (
            "protocols/thread_state/",
            "whether a thread is inside of the interpreter",
        ),
        (
            "protocols/stop_the_world.rs",
            "when the world stops; what is done meanwhile is watched",
        ),
        (
            "protocols/eval_breaker.rs",
            "requests to a thread, served behind its next point",
        ),
        (
            "protocols/runtime.rs",
            "the list of threads of the interpreter",
        ),
        ("protocols/registrations.rs", "the same"),
        (
            "protocols/allocations.rs",
            "counters of the collector; what `gc` sets has points",
        ),
        ("protocols/collection.rs", "whether the collector runs"),
        (
            "protocols/once.rs",
            "what is made once is the same whoever makes it",
        ),
        ("types/code/tuples.rs", "the same"),
        (
            "protocols/version.rs",
            "caches, which hold what a look-up finds, and their versions",
        ),
        (
            "objects/str/",
            "a text does not change; what is kept of it is the same whoever computes it",
        ),
        ("types/bytes.rs", "the same of bytes"),
        (
            "objects/float.rs",
            "a number changes only where nobody else has it",
        ),
    ],
    is_strict: true,
    mutexes: &[
        (
            "thread",
            "whether a thread was started; its end is told by an event",
        ),
        (
            "threads",
            "who runs; whoever asks for the list is told so by the verdict",
        ),
        ("registry", "the same"),
        ("locals", "where a thread keeps what only it sees"),
        ("interned", "one text for all that are alike"),
        ("code", "where instructions are, for tracebacks"),
        ("sources", "the same"),
        (
            "interrupted sleep",
            "sleeping and waking, which the engine does",
        ),
        ("event_waiters", "the same"),
        ("qsbr orphans", "when memory is used again"),
        ("qsbr table", "the same"),
        ("deferred", "counts of references"),
        ("merge_bucket", "the same"),
    ],
};
