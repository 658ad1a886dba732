//! One run of the body: what the facade knows beside the engine and the recorder.
//!
//! Blocks are known by a *serial number*: which thread allocated them, and as its how many-th. That is the same in every
//! run along the same graph, whatever the order of the threads' steps.

use std::any::Any;
use std::cell::RefCell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering::Relaxed;
use std::time::Duration;

use graph_engine::Block;
use record::At;
use record::event::{self, Entry, Event};
use record::execution::{self, Setup};
use record::heap::{self, BlockId};
use reports::scenario::Claims;

/// How many blocks a thread may allocate, in bits; the rest of a serial number says which thread it is.
const ALLOCATED_BITS: u32 = 24;

/// How many children of a thread its children's paths can tell apart.
const CHILDREN: u64 = 16;

/// One thread of the model.
#[derive(Debug, Default)]
struct Thread {
    /// Its number in the recorder.
    recorded: usize,
    /// Which child of which child of the main thread it is, in digits of base [`CHILDREN`].
    path: u64,
    children: u64,
    /// How many blocks it has allocated.
    allocated: u64,
    /// Its virtual clock.
    now: Duration,
    /// How many of its waits have timed out.
    time_outs: usize,
    /// How many of its sleeps have ended though nobody woke it.
    wake_ups: usize,
    /// The step that it is about to take: logged when it was taken, or when it was the last.
    planned: Option<(Event, At)>,
}

/// Which entry of the log an event of the engine is.
#[derive(Clone, Copy, Debug)]
struct Anchor {
    thread: usize,
    index: usize,
    entry: usize,
}

/// What some thread would have done once more than it may.
#[derive(Debug, Default)]
pub(super) struct Spent {
    pub(super) time_outs: AtomicBool,
    pub(super) wake_ups: AtomicBool,
}

#[derive(Default)]
struct Run {
    /// By their numbers in the engine.
    threads: Vec<Thread>,
    /// By their numbers in the recorder, with their serial numbers.
    blocks: Vec<(Block, u64)>,
    anchors: Vec<Anchor>,
    /// How many atomics and cells there are.
    places: u32,
    claims: Claims,
    spent: Arc<Spent>,
    /// What the thread that failed the run panicked with.
    caught: Option<Box<dyn Any + Send>>,
}

thread_local! {
    static RUN: RefCell<Run> = RefCell::default();
}

/// Lends the state. Nothing of the recorder or the engine may be called inside `f`.
fn with<R>(f: impl FnOnce(&mut Run) -> R) -> R {
    RUN.with_borrow_mut(f)
}

/// Lends the running thread's state, as above.
fn here<R>(f: impl FnOnce(&mut Thread) -> R) -> R {
    let thread = graph_engine::current();
    with(|run| f(&mut run.threads[thread]))
}

/// What is broken on purpose.
#[derive(Clone, Copy, Debug)]
pub(super) struct Broken {
    pub(super) fault: Option<&'static str>,
    pub(super) weaken: Option<&'static str>,
}

/// Begins a run, on the main thread: forgets the run before.
pub(super) fn begin(broken: Broken, spent: &Arc<Spent>) -> Claims {
    let claims = Claims::default();
    let Broken { fault, weaken } = broken;
    with(|run| {
        *run = Run {
            threads: vec![Thread::default()],
            claims: claims.clone(),
            spent: Arc::clone(spent),
            ..Run::default()
        };
    });
    execution::begin(Setup {
        fault,
        weaken,
        current: recorded,
    });
    claims
}

/// Whether a run is under way; while this is false, operations do nothing: a run is being unwound.
pub(super) fn alive() -> bool {
    execution::running() && !graph_engine::is_over()
}

/// The recorder's number of the running thread.
fn recorded() -> usize {
    number(graph_engine::current())
}

/// The recorder's number of a thread of the engine.
pub(super) fn number(thread: usize) -> usize {
    with(|run| run.threads.get(thread).map_or(0, |thread| thread.recorded))
}

/// What the run that is over has claimed.
pub(super) fn claims() -> Claims {
    with(|run| run.claims.clone())
}

/// A new atomic's or cell's number for the recorder, which tells apart places of one name.
pub(super) fn place() -> u32 {
    with(|run| {
        run.places += 1;
        run.places
    })
}

/// A thread was started.
pub(super) fn spawned(thread: usize, name: &str, at: At) -> usize {
    let path = here(|parent| {
        parent.children += 1;
        parent.path * CHILDREN + parent.children
    });
    let recorded = execution::spawned(name, at);
    let now = now();
    with(|run| {
        if run.threads.len() <= thread {
            run.threads.resize_with(thread + 1, Thread::default);
        }
        run.threads[thread] = Thread {
            recorded,
            path,
            now,
            ..Thread::default()
        };
    });
    recorded
}

/// A block was allocated.
pub(super) fn allocated(id: BlockId, block: Block) {
    let serial = here(|thread| {
        thread.allocated += 1;
        (thread.path << ALLOCATED_BITS) | thread.allocated
    });
    with(|run| {
        debug_assert_eq!(id.index(), run.blocks.len(), "one entry a block");
        run.blocks.push((block, serial));
    });
}

/// The engine's name for a block.
pub(super) fn block(id: BlockId) -> Block {
    with(|run| run.blocks[id.index()].0)
}

/// The serial number of the block that `address` lies in; zero for what lies in none.
pub(super) fn identity(address: usize) -> u64 {
    let id = heap::find(address);
    id.map_or(0, |id| with(|run| run.blocks[id.index()].1))
}

/// The running thread's clock.
pub(super) fn now() -> Duration {
    here(|thread| thread.now)
}

/// Lets the running thread's clock show at least `time`.
pub(super) fn reach(time: Duration) {
    here(|thread| thread.now = thread.now.max(time));
}

/// Whether the running thread may time out once more.
pub(super) fn may_time_out(most: usize) -> bool {
    let may = here(|thread| thread.time_outs < most);
    if !may {
        // ORDERING: Relaxed: read when the exploration is over, after its threads were joined.
        with(|run| run.spent.time_outs.store(true, Relaxed));
    }
    may
}

/// Whether the running thread may wake up for no reason once more.
pub(super) fn may_wake_up(most: usize) -> bool {
    let may = here(|thread| thread.wake_ups < most);
    if !may {
        // ORDERING: Relaxed, as above.
        with(|run| run.spent.wake_ups.store(true, Relaxed));
    }
    may
}

/// The running thread wakes up for no reason.
pub(super) fn woke_up() {
    here(|thread| thread.wake_ups += 1);
}

/// The running thread times out.
pub(super) fn timed_out() {
    here(|thread| thread.time_outs += 1);
}

/// The running thread is about to take a step.
pub(super) fn plan(event: Event, at: At) {
    here(|thread| thread.planned = Some((event, at)));
}

/// The running thread has taken its step, which began as its `first` event of the engine.
pub(super) fn log(event: Event, at: At, first: usize) {
    taken();
    if !graph_engine::is_trying() {
        logged(first, || event::push(event, at));
    }
}

/// Ties what `record` logs to the events of the engine that the running thread has made from its `first` on.
pub(super) fn logged<R>(first: usize, record: impl FnOnce() -> R) -> R {
    let thread = graph_engine::current();
    let entry = event::count();
    let events = first..graph_engine::position().max(first + 1);
    let result = record();
    let anchor = |index| Anchor {
        thread,
        index,
        entry,
    };
    with(|run| run.anchors.extend(events.map(anchor)));
    result
}

/// The running thread has taken a step that no log needs.
pub(super) fn taken() {
    here(|thread| thread.planned = None);
}

/// Logs the step that ended the run before it was taken.
pub(super) fn log_last(thread: usize) -> Option<Entry> {
    let (event, at) = with(|run| run.threads.get_mut(thread)?.planned.take())?;
    let thread = number(thread);
    let entry = Entry { thread, at, event };
    event::append(entry);
    Some(entry)
}

/// The entry of the log that an event of the engine is.
pub(super) fn entry(thread: usize, index: usize) -> Option<usize> {
    let is = |anchor: &&Anchor| (anchor.thread, anchor.index) == (thread, index);
    with(|run| run.anchors.iter().find(is).map(|anchor| anchor.entry))
}

/// The last entry of the log, up to this event of the engine, that an event of the thread is.
pub(super) fn entry_up_to(thread: usize, index: usize) -> Option<usize> {
    let is = |anchor: &&Anchor| anchor.thread == thread && anchor.index <= index;
    with(|run| {
        let earlier = run.anchors.iter().filter(is);
        earlier
            .max_by_key(|anchor| anchor.index)
            .map(|anchor| anchor.entry)
    })
}

/// Runs the body of a thread. What ends it early is kept for the report, unless it is the end of the run.
pub(super) fn body<R>(body: impl FnOnce() -> R) -> R {
    panic::catch_unwind(AssertUnwindSafe(body)).unwrap_or_else(|payload| {
        if graph_engine::is_over() {
            panic::resume_unwind(payload);
        }
        with(|run| run.caught = Some(payload));
        panic::resume_unwind(Box::new("the execution failed"))
    })
}

/// What the failed run was ended with.
pub(super) fn caught() -> Option<Box<dyn Any + Send>> {
    with(|run| run.caught.take())
}

/// Leaves a run that is being unwound, where no value can be given.
pub(super) fn abandon() -> ! {
    panic::resume_unwind(Box::new("the run is over"))
}
