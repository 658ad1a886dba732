//! The threads of an execution: which one runs, how they sleep, wake, wait for each other, and end.
//!
//! loom switches threads only inside its own operations, all of which go through [`step`]; everything here is plain
//! state of the OS thread. Sleeping and joining use loom's `park` and `unpark`, which order memory but are no accesses:
//! loom's own join and condition variable are, and each of them doubles or triples the executions.
//!
//! Nothing unwinds through loom. What ends an execution is caught at the bottom of its thread; the other threads are
//! woken, and end at their next operation. Deadlocks are found here, before loom would find them by panicking where
//! nobody can catch it.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::panic::{self, AssertUnwindSafe};

use record::event::{self, Event};
use record::waits::{self, On};
use record::{At, execution};
use reports::failure::FailureKind;

use super::search;
use super::time::{self, Deadline};

/// One execution may take no more operations than this.
pub(super) const MOST_STEPS: usize = 5_000;

/// A thread that waits in a loop gives up after this many rounds in which nobody did anything.
const PATIENCE: u32 = 8;

/// Why a thread ends early, other than by a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stop {
    /// Another thread has failed.
    Failed,
    /// The execution has too many steps for loom.
    TooLong,
    /// The search must start again.
    Again,
    /// The program asks for what loom does otherwise.
    Refused,
}

/// How a sleep ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Woken {
    /// By another thread.
    Called,
    /// By its deadline, when nothing else could happen.
    TimedOut,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Ready,
    Asleep(Option<Deadline>),
    /// Its body has ended; it waits to be joined, so that the joiner can be ordered after it.
    Lingering,
    Ended,
}

#[derive(Debug)]
struct Thread {
    handle: loom::thread::Thread,
    state: State,
    woken: Woken,
    joiner: Option<usize>,
    detached: bool,
    /// How often it waited in a loop since the last change, and which change that was.
    spun: (u32, u64),
}

#[derive(Debug, Default)]
struct Threads {
    all: Vec<Thread>,
    /// The threads that were started and not joined, without the main thread.
    unjoined: usize,
    /// What ended the execution early.
    ending: Option<Box<dyn Any + Send>>,
    /// loom's own thread, which waits for all others.
    root: Option<loom::thread::Thread>,
}

thread_local! {
    static THREADS: RefCell<Threads> = RefCell::default();
    static CURRENT: Cell<usize> = const { Cell::new(0) };
    static STEPS: Cell<usize> = const { Cell::new(0) };
    /// Counts everything that a waiting loop could be waiting for.
    static CHANGES: Cell<u64> = const { Cell::new(0) };
}

fn with<R>(f: impl FnOnce(&mut Threads) -> R) -> R {
    THREADS.with_borrow_mut(f)
}

/// Begins an execution, on loom's own thread.
pub(super) fn begin() {
    THREADS.take();
    with(|threads| threads.root = Some(loom::thread::current()));
    CURRENT.set(0);
    STEPS.set(0);
    CHANGES.set(0);
}

/// The thread that runs; the main thread is 0.
pub(super) fn current() -> usize {
    CURRENT.get()
}

/// Whether the main thread is alone: nobody can see in which order it does things, and all that others did is ordered
/// before.
pub(super) fn is_quiet() -> bool {
    with(|threads| threads.unjoined == 0)
}

/// Whether operations take effect. In a failed execution they do not: the thread ends here, unless it already unwinds.
pub(super) fn alive() -> bool {
    let failed = execution::failed();
    if failed && !std::thread::panicking() {
        panic::resume_unwind(Box::new(Stop::Failed));
    }
    execution::running()
}

/// Ends the execution without a failure.
pub(super) fn stop(why: Stop) -> ! {
    panic::panic_any(why)
}

/// Something happened that a waiting loop could be waiting for.
pub(super) fn changed() {
    CHANGES.set(CHANGES.get() + 1);
}

/// Runs an operation of loom, before and during which other threads may run.
pub(super) fn step<R>(operation: impl FnOnce() -> R) -> R {
    alive();
    STEPS.set(STEPS.get() + 1);
    if STEPS.get() > MOST_STEPS {
        stop(Stop::TooLong);
    }
    let me = current();
    let result = operation();
    CURRENT.set(me);
    alive();
    result
}

/// Starts thread `number` with a stack of `stack` bytes; the first is the main thread.
///
/// # Errors
/// loom's, when it gives no thread.
pub(super) fn start(
    number: usize,
    stack: usize,
    body: impl FnOnce() + Send + 'static,
) -> std::io::Result<()> {
    // loom hands the size to its coroutines as it is, and they count in words.
    let words = stack.div_ceil(size_of::<usize>());
    let builder = loom::thread::Builder::new().stack_size(words);
    let handle = builder.spawn(move || live(number, body))?;
    with(|threads| {
        threads.unjoined += usize::from(number > 0);
        threads.all.push(Thread {
            handle: handle.thread().clone(),
            state: State::Ready,
            woken: Woken::Called,
            joiner: None,
            detached: false,
            spun: (0, 0),
        });
    });
    changed();
    Ok(())
}

/// The whole life of thread `me`: its body, and its end.
fn live(me: usize, body: impl FnOnce()) {
    CURRENT.set(me);
    let life = || {
        alive();
        body();
        leave(me);
    };
    if let Err(payload) = panic::catch_unwind(AssertUnwindSafe(life)) {
        CURRENT.set(me);
        fail(payload);
    }
    end(me);
}

/// Waits, on loom's own thread, until every thread has ended; gives what ended the execution early.
pub(super) fn wait_for_all() -> Option<Box<dyn Any + Send>> {
    while with(|threads| {
        threads
            .all
            .iter()
            .any(|thread| thread.state != State::Ended)
    }) {
        loom::thread::park();
    }
    CURRENT.set(0);
    with(|threads| threads.ending.take())
}

/// Sleeps until [`wake`], or until nothing but the passing of time can happen.
#[track_caller]
pub(super) fn sleep(on: On, deadline: Option<Deadline>, at: At) -> Woken {
    alive();
    let me = current();
    waits::blocked(on, at);
    with(|threads| threads.all[me].state = State::Asleep(deadline));
    unstick();
    while with(|threads| matches!(threads.all[me].state, State::Asleep(_))) {
        step(loom::thread::park);
    }
    waits::unblocked(me);
    with(|threads| threads.all[me].woken)
}

/// Wakes a thread, if it sleeps; what the caller did so far happens before what it does next.
pub(super) fn wake(thread: usize) {
    wake_as(thread, Woken::Called);
}

fn wake_as(thread: usize, woken: Woken) {
    changed();
    with(|threads| {
        let sleeper = &mut threads.all[thread];
        if !matches!(sleeper.state, State::Asleep(_) | State::Lingering) {
            return;
        }
        sleeper.state = State::Ready;
        sleeper.woken = woken;
        if thread != current() {
            sleeper.handle.unpark();
        }
    });
}

/// Waits for the end of `thread`; what it did happens before what follows.
#[track_caller]
pub(super) fn join(thread: usize, at: At) {
    let me = current();
    with(|threads| threads.all[thread].joiner = Some(me));
    release(thread);
    let _ = sleep(On::Thread(thread), None, at);
    with(|threads| threads.unjoined -= 1);
    execution::joined(thread, at);
}

/// Nobody will join `thread`.
pub(super) fn detach(thread: usize) {
    if execution::running() {
        with(|threads| threads.all[thread].detached = true);
        release(thread);
    }
}

/// Lets `thread` end if it waits to be joined.
fn release(thread: usize) {
    if with(|threads| threads.all[thread].state == State::Lingering) {
        wake(thread);
    }
}

/// The end of a body: waits for the joiner, and lets it go on.
fn leave(me: usize) {
    record::execution::finished();
    let waited_for = |threads: &mut Threads| {
        let thread = &threads.all[me];
        me == 0 || thread.detached || thread.joiner.is_some()
    };
    if !with(waited_for) {
        with(|threads| threads.all[me].state = State::Lingering);
        unstick();
        while with(|threads| threads.all[me].state == State::Lingering) {
            step(loom::thread::park);
        }
    }
    if let Some(joiner) = with(|threads| threads.all[me].joiner) {
        wake(joiner);
    }
    with(|threads| threads.all[me].state = State::Ended);
    unstick();
}

fn end(me: usize) {
    with(|threads| {
        threads.all[me].state = State::Ended;
        let all_ended = threads.all.iter().all(|t| t.state == State::Ended);
        if let Some(root) = threads.root.as_ref().filter(|_| all_ended) {
            root.unpark();
        }
    });
}

/// Notes what ended the execution, and wakes every thread, so that it ends too.
fn fail(payload: Box<dyn Any + Send>) {
    with(|threads| {
        threads.ending.get_or_insert(payload);
        for thread in &mut threads.all {
            if matches!(thread.state, State::Asleep(_) | State::Lingering) {
                thread.handle.unpark();
            }
        }
    });
}

/// When no thread can run: lets time pass, or lets those go that nobody will join; or it is a deadlock.
#[track_caller]
fn unstick() {
    let next = with(|threads| {
        let mut states = threads.all.iter().map(|thread| thread.state);
        (!states.any(|state| state == State::Ready)).then(|| threads.next())
    });
    match next {
        None | Some(Next::Nothing) => {}
        Some(Next::Time(thread, deadline)) => {
            time::reach(deadline);
            wake_as(thread, Woken::TimedOut);
        }
        Some(Next::Detach(thread)) => detach(thread),
        Some(Next::Deadlock(asleep)) => record::fail(
            FailureKind::Deadlock,
            "some thread can always go on",
            deadlock(&asleep),
        ),
    }
}

fn deadlock(asleep: &[usize]) -> String {
    let names: Vec<String> = asleep
        .iter()
        .map(|thread| execution::thread_name(*thread))
        .collect();
    format!(
        "{} sleep, and nobody is left to wake them",
        names.join(" and ")
    )
}

/// What can happen when no thread can run.
enum Next {
    Nothing,
    Time(usize, Deadline),
    Detach(usize),
    Deadlock(Vec<usize>),
}

impl Threads {
    fn next(&self) -> Next {
        let all = || self.all.iter().enumerate();
        let deadlines = all().filter_map(|(number, thread)| match thread.state {
            State::Asleep(Some(deadline)) => Some((deadline, number)),
            _ => None,
        });
        if let Some((deadline, number)) = deadlines.min() {
            return Next::Time(number, deadline);
        }
        let in_state = |state| all().filter(move |(_, thread)| thread.state == state);
        let asleep: Vec<usize> = in_state(State::Asleep(None)).map(|(n, _)| n).collect();
        match in_state(State::Lingering).next() {
            _ if !asleep.is_empty() => Next::Deadlock(asleep),
            Some((number, _)) => Next::Detach(number),
            None => Next::Nothing,
        }
    }
}

/// One round of a waiting loop: others run first.
///
/// # Panics
/// Fails the execution when every thread that can run waits in a loop and none of them changes anything.
#[track_caller]
pub(super) fn spin(at: At) {
    if !alive() || is_quiet() {
        return;
    }
    search::limit(|| "a waiting loop was cut short: loom forgets old values at a yield".to_owned());
    event::push(Event::Spun, at);
    let me = current();
    let change = CHANGES.get();
    let stuck = with(|threads| {
        let (rounds, since) = threads.all[me].spun;
        threads.all[me].spun = (if since == change { rounds + 1 } else { 1 }, change);
        let mut ready = threads.all.iter().filter(|t| t.state == State::Ready);
        ready.all(|thread| thread.spun.1 == change && thread.spun.0 > PATIENCE)
    });
    if stuck {
        livelock();
    }
    step(loom::thread::yield_now);
}

#[track_caller]
fn livelock() {
    let time = with(|threads| threads.next());
    if let Next::Time(thread, deadline) = time {
        time::reach(deadline);
        wake_as(thread, Woken::TimedOut);
        return;
    }
    record::fail(
        FailureKind::Livelock,
        "some thread can always get on",
        "every thread that runs waits in a loop, and none changes what another waits for",
    )
}
