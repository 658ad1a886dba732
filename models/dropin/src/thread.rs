//! Threads of the model.

mod local;
mod scope;

use std::fmt;
use std::io;
use std::panic::Location as Caller;

use graph_engine::{Location, Mode, Op};

use crate::run;

#[doc(no_inline)]
pub use std::thread::panicking;

pub use self::local::{AccessError, LocalKey};
pub(crate) use self::local::{drop_box, end_locals};
pub use self::scope::{Scope, ScopedJoinHandle, scope};

/// A handle of a thread that was started.
pub struct JoinHandle<T> {
    handle: graph_engine::JoinHandle<T>,
    thread: Thread,
}

/// A thread of the model.
#[derive(Clone)]
pub struct Thread {
    id: ThreadId,
    name: Option<String>,
    parker: Option<Location>,
}

/// What tells a thread from the others of its execution.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct ThreadId(usize);

impl Thread {
    /// What tells it from the others.
    pub fn id(&self) -> ThreadId {
        self.id
    }

    /// The name that it was given.
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// Lets the thread's next or current [`park`] end.
    #[track_caller]
    pub fn unpark(&self) {
        if let Some(parker) = self.parker.filter(|_| run::is_live()) {
            parker.swap(1, Mode::Release);
        }
    }
}

impl fmt::Debug for Thread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut all = f.debug_struct("Thread");
        all.field("id", &self.id).field("name", &self.name);
        all.finish_non_exhaustive()
    }
}

impl fmt::Debug for ThreadId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ThreadId({})", self.0)
    }
}

/// The running thread.
pub fn current() -> Thread {
    run::require();
    handle_of(graph_engine::current())
}

fn handle_of(thread: usize) -> Thread {
    Thread {
        id: ThreadId(thread),
        name: run::name(thread),
        parker: run::parker(thread),
    }
}

/// Waits until somebody has called [`Thread::unpark`] for the running thread.
#[track_caller]
pub fn park() {
    run::require();
    if let Some(parker) = run::parker(graph_engine::current()) {
        parker.wait(Op::Park, !0, 1, |_| 0);
    }
}

/// Waits like [`park`], or not: that time runs out is a choice.
#[track_caller]
pub fn park_timeout(_: std::time::Duration) {
    run::require();
    let token = run::parker(graph_engine::current());
    let Some(parker) = token else { return };
    if graph_engine::choice(2) == 0 {
        parker.wait(Op::TimedPark, !0, 1, |_| 0);
    } else {
        run::pass_yield(Caller::caller());
    }
}

/// Says that the thread cannot go on before another does something.
///
/// A loop that only reads, and yields in each turn, costs nothing: its thread goes on when
/// something that it read has changed. Any other yield may be passed so often in an
/// execution as the bound on yields says. A thread that would pass it more often goes no further,
/// and the verdict is *bounded*.
#[track_caller]
pub fn yield_now() {
    run::require();
    if !run::is_live() {
        return;
    }
    graph_engine::spin();
    if !graph_engine::is_trying() {
        run::pass_yield(Caller::caller());
    }
}

/// Lets time pass, which says nothing about what others have done: like [`yield_now`].
#[track_caller]
pub fn sleep(_: std::time::Duration) {
    yield_now();
}

/// Starts a thread.
#[track_caller]
pub fn spawn<F, T>(body: F) -> JoinHandle<T>
where
    F: FnOnce() -> T + 'static,
    T: 'static,
{
    start(body, None)
}

#[track_caller]
fn start<T: 'static>(body: impl FnOnce() -> T + 'static, name: Option<String>) -> JoinHandle<T> {
    run::require();
    let parker = Location::new("park token", 0);
    let handle = graph_engine::spawn(move || {
        let result = body();
        end_locals();
        result
    });
    run::register(handle.thread(), name, parker);
    let thread = handle_of(handle.thread());
    JoinHandle { handle, thread }
}

/// How a thread is to be started.
#[derive(Debug)]
pub struct Builder {
    name: Option<String>,
    stack_size: usize,
}

impl Builder {
    /// A thread without a name, with the usual stack.
    #[allow(clippy::new_without_default)]
    pub fn new() -> Builder {
        Builder {
            name: None,
            stack_size: 0,
        }
    }

    /// Gives the thread a name.
    pub fn name(mut self, name: String) -> Builder {
        self.name = Some(name);
        self
    }

    /// The stack that the thread needs, in words, as in loom. All threads get the largest that
    /// one of them asks for.
    pub fn stack_size(mut self, size: usize) -> Builder {
        self.stack_size = size.saturating_mul(size_of::<usize>());
        self
    }

    /// Starts the thread.
    ///
    /// # Errors
    /// None: the type is that of the standard library.
    #[track_caller]
    pub fn spawn<F, T>(self, body: F) -> io::Result<JoinHandle<T>>
    where
        F: FnOnce() -> T + Send + 'static,
        T: Send + 'static,
    {
        ask_for_stack(self.stack_size);
        Ok(start(body, self.name))
    }
}

/// Sees to it that stacks are as large as this.
#[track_caller]
fn ask_for_stack(bytes: usize) {
    run::require();
    if run::with(|run| run.known.stack_size) < bytes {
        run::learn(|known| known.stack_size = bytes);
    }
}

impl<T: 'static> JoinHandle<T> {
    /// Waits for the thread's end.
    ///
    /// # Errors
    /// None: a thread that panics ends the model.
    #[track_caller]
    pub fn join(self) -> std::thread::Result<T> {
        run::require();
        let ended = self.handle.join();
        ended.ok_or_else(|| Box::new("the execution is over") as Box<_>)
    }

    /// The thread.
    pub fn thread(&self) -> &Thread {
        &self.thread
    }
}

impl<T> fmt::Debug for JoinHandle<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JoinHandle").finish_non_exhaustive()
    }
}
