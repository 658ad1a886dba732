//! Failures: what can be wrong with an execution.

use std::fmt;
use std::panic::Location as Caller;

use crate::event::{EventId, ThreadId};
use crate::trace::Trace;

/// What is wrong, in the names of the graph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    Race {
        first: EventId,
        second: EventId,
    },
    UseAfterFree {
        free: EventId,
        access: EventId,
    },
    DoubleFree {
        first: EventId,
        second: EventId,
    },
    Leak {
        alloc: EventId,
    },
    Deadlock {
        waits: Vec<Wait>,
        endless_loop: bool,
    },
    Panic {
        thread: ThreadId,
        message: String,
    },
    Misuse {
        thread: ThreadId,
        message: String,
    },
    WrongUnlock {
        unlock: EventId,
        holder: Option<ThreadId>,
    },
    Nondeterminism {
        thread: ThreadId,
        index: usize,
        before: String,
        now: String,
    },
    TooLong {
        events: usize,
        thread: ThreadId,
        /// The steps of a loop that the thread is in.
        turn: Option<String>,
    },
    TooManyThreads,
    /// Threads that are alike have no order.
    Circle {
        first: ThreadId,
        second: ThreadId,
    },
    /// A thread of the program does not come back.
    Stuck {
        thread: ThreadId,
        place: Option<&'static Caller<'static>>,
        seconds: u64,
    },
    Overflow {
        thread: ThreadId,
        place: Option<&'static Caller<'static>>,
        stack: usize,
    },
    /// The program did what the system does not let it do.
    Signal {
        thread: ThreadId,
        place: Option<&'static Caller<'static>>,
        name: &'static str,
        address: usize,
    },
    /// A destructor panicked while a run that had ended was unwound.
    Unwinding {
        message: String,
    },
    /// There is no memory for a thread's stack.
    NoStack {
        thread: ThreadId,
        stack: usize,
        error: String,
    },
}

/// One thread's part in a deadlock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wait {
    /// The thread that waits.
    pub thread: usize,
    /// The event at which it waits; none for a join, which is no event yet.
    pub event: Option<usize>,
    /// What it waits for.
    pub what: String,
    /// The thread that could end the wait, where one is known.
    pub on: Option<usize>,
}

/// The kind of a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FailureKind {
    /// Conflicting accesses, one of them plain, that nothing orders.
    DataRace,
    /// An access that a free does not come after.
    UseAfterFree,
    /// A block that was freed before.
    DoubleFree,
    /// A block that nobody freed.
    Leak,
    /// Threads that wait for each other, or for what nobody will do.
    Deadlock,
    /// A waiting loop that nothing can end any more.
    Livelock,
    /// The program panicked, or used memory that it does not have.
    Panic,
    /// The program asked for what has no meaning, such as a load that releases, or an unlock
    /// of a lock that it does not hold.
    Misuse,
    /// The program did something else than before at the same point of the same graph.
    Nondeterminism,
    /// An execution has more events, or more threads, than the configuration allows.
    /// This says nothing about the program, only that it was not explored.
    Limit,
}

/// A failed execution.
#[derive(Clone, Debug)]
pub struct Failure {
    /// What went wrong.
    pub kind: FailureKind,
    /// What went wrong, in a sentence.
    pub message: String,
    /// The events to look at, by their place in the trace's numbering.
    pub events: Vec<usize>,
    /// The thread whose step failed or that panicked, where there is one.
    pub thread: Option<usize>,
    /// For a deadlock or livelock: who waits for what.
    pub waits: Vec<Wait>,
    /// The execution, as far as it got.
    pub trace: Trace,
    /// The choices that lead to it, for comparing failures: the least comes first.
    pub path: Vec<u32>,
}

impl Fault {
    pub(crate) fn kind(&self) -> FailureKind {
        match self {
            Fault::Race { .. } => FailureKind::DataRace,
            Fault::UseAfterFree { .. } => FailureKind::UseAfterFree,
            Fault::DoubleFree { .. } => FailureKind::DoubleFree,
            Fault::Leak { .. } => FailureKind::Leak,
            Fault::Deadlock {
                endless_loop: false,
                ..
            } => FailureKind::Deadlock,
            Fault::Deadlock {
                endless_loop: true, ..
            } => FailureKind::Livelock,
            Fault::Panic { .. } | Fault::Signal { .. } => FailureKind::Panic,
            Fault::Misuse { .. } | Fault::WrongUnlock { .. } => FailureKind::Misuse,
            Fault::Nondeterminism { .. } => FailureKind::Nondeterminism,
            Fault::TooLong { .. }
            | Fault::TooManyThreads
            | Fault::Circle { .. }
            | Fault::Stuck { .. }
            | Fault::Overflow { .. }
            | Fault::Unwinding { .. }
            | Fault::NoStack { .. } => FailureKind::Limit,
        }
    }

    fn events(&self) -> Vec<EventId> {
        match *self {
            Fault::Race { first, second } | Fault::DoubleFree { first, second } => {
                vec![first, second]
            }
            Fault::UseAfterFree { free, access } => vec![free, access],
            Fault::Leak { alloc } => vec![alloc],
            Fault::WrongUnlock { unlock, .. } => vec![unlock],
            Fault::Deadlock { ref waits, .. } => {
                waits.iter().filter_map(|wait| wait.event).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Of two events, the one that was added last has failed.
    fn thread(&self, trace: &Trace) -> Option<ThreadId> {
        let id = match *self {
            Fault::Panic { thread, .. }
            | Fault::Misuse { thread, .. }
            | Fault::Stuck { thread, .. }
            | Fault::Overflow { thread, .. }
            | Fault::Signal { thread, .. }
            | Fault::NoStack { thread, .. }
            | Fault::Nondeterminism { thread, .. } => {
                return Some(thread);
            }
            Fault::WrongUnlock { unlock, .. } => unlock,
            Fault::Race { first, second } | Fault::DoubleFree { first, second } => {
                first.max(second)
            }
            Fault::UseAfterFree { free, access } => free.max(access),
            _ => return None,
        };
        trace.event(id).map(|event| event.thread)
    }

    /// The failure as its reader sees it.
    pub(crate) fn describe(self, trace: Trace, path: Vec<u32>) -> Failure {
        let (kind, events, message) = (self.kind(), self.events(), self.message(&trace));
        let thread = self.thread(&trace);
        let waits = match self {
            Fault::Deadlock { waits, .. } => waits,
            _ => Vec::new(),
        };
        Failure {
            kind,
            message,
            events,
            thread,
            waits,
            trace,
            path,
        }
    }

    fn message(&self, trace: &Trace) -> String {
        let at = |id: EventId| trace.describe(id);
        match self {
            Fault::Race { first, second } => {
                format!(
                    "data race: {} and {} are not ordered",
                    at(*first),
                    at(*second)
                )
            }
            Fault::UseAfterFree { free, access } => {
                format!(
                    "use after free: {} is not before {}",
                    at(*access),
                    at(*free)
                )
            }
            Fault::DoubleFree { first, second } => {
                format!("double free: {} and {}", at(*first), at(*second))
            }
            Fault::Leak { alloc } => format!("leak: nobody frees the block of {}", at(*alloc)),
            Fault::Deadlock {
                waits,
                endless_loop,
            } => waiting_message(waits, *endless_loop),
            Fault::Panic { thread, message } => format!("thread {thread} panicked: {message}"),
            Fault::Misuse { thread, message } => format!("misuse by thread {thread}: {message}"),
            Fault::WrongUnlock { unlock, holder } => {
                let holder = holder.map(|thread| format!("which thread {thread} holds"));
                let holder = holder.unwrap_or_else(|| "which is not held".to_string());
                format!("misuse: {}, {holder}", at(*unlock))
            }
            Fault::Nondeterminism {
                thread,
                index,
                before,
                now,
            } => format!(
                "the program is not deterministic: step {index} of thread {thread} was {before} and is now {now}"
            ),
            Fault::TooLong {
                events,
                thread,
                turn,
            } => too_long_message(*events, *thread, turn.as_deref()),
            Fault::TooManyThreads => {
                format!(
                    "an execution has more than {} threads",
                    crate::clock::MAX_THREADS
                )
            }
            Fault::Circle { first, second } => format!(
                "symmetry is of no use here: thread {first} reads what is newer, and thread {second}, which is alike, depends on it in what it reads; without symmetry this can be explored"
            ),
            Fault::Stuck {
                thread,
                place,
                seconds,
            } => stuck_message(*thread, *place, *seconds),
            Fault::Overflow {
                thread,
                place,
                stack,
            } => format!(
                "thread {thread} has overflowed its stack of {stack} bytes after {}: stack_size makes it larger",
                last_step(*place)
            ),
            Fault::Signal {
                thread,
                place,
                name,
                address,
            } => format!(
                "thread {thread} faulted: {name} at address {address:#x}, after {}",
                last_step(*place)
            ),
            Fault::Unwinding { message } => format!(
                "a destructor panicked while the threads of an execution that had ended were unwound: {message}"
            ),
            Fault::NoStack {
                thread,
                stack,
                error,
            } => format!("no memory for the stack of thread {thread}, {stack} bytes: {error}"),
        }
    }
}

fn too_long_message(events: usize, thread: ThreadId, turn: Option<&str>) -> String {
    let advice = |turn: &str| {
        format!(
            "; thread {thread} goes round a loop ({turn}): if it waits there, every turn must call spin"
        )
    };
    let advice = turn.map(advice).unwrap_or_default();
    format!("an execution has more than {events} events{advice}")
}

fn stuck_message(
    thread: ThreadId,
    place: Option<&'static Caller<'static>>,
    seconds: u64,
) -> String {
    format!(
        "thread {thread} has taken no step for {seconds} s after {}: it waits for what is not the checker's, such as a std Mutex that another thread holds across an operation, or loops without an operation",
        last_step(place)
    )
}

/// Where a thread was last seen.
fn last_step(place: Option<&'static Caller<'static>>) -> String {
    match place {
        Some(place) => format!("its step at {}:{}", place.file(), place.line()),
        None => "it was started".to_string(),
    }
}

fn waiting_message(waits: &[Wait], endless_loop: bool) -> String {
    let name = if endless_loop { "livelock" } else { "deadlock" };
    let parts: Vec<String> = waits.iter().map(Wait::to_string).collect();
    format!("{name}: {}", parts.join("; "))
}

impl Failure {
    /// For a deadlock: threads of which each waits for the next, and the last for the
    /// first. Empty if some thread waits for what no thread in particular would do.
    pub fn cycle(&self) -> Vec<usize> {
        let next = |thread: usize| self.waits.iter().find(|wait| wait.thread == thread)?.on;
        let mut path = Vec::new();
        let mut at = self.waits.first().map(|wait| wait.thread);
        while let Some(thread) = at {
            if let Some(start) = path.iter().position(|&earlier| earlier == thread) {
                return path.split_off(start);
            }
            path.push(thread);
            at = next(thread);
        }
        Vec::new()
    }
}

impl fmt::Display for Wait {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "thread {} waits for {}", self.thread, self.what)?;
        match (self.event, self.on) {
            (Some(_), Some(thread)) => write!(f, ", which thread {thread} has"),
            _ => Ok(()),
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.message)?;
        write!(f, "{}", self.trace)
    }
}
