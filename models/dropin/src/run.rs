//! The running execution: what belongs to it but is no part of its graph.
//!
//! The engine runs the model's threads as coroutines on one thread of the system, so all of them
//! find the same run here. What is kept by thread is changed by that thread only; what several
//! threads change is changed right after an operation of the engine that orders them. So nothing
//! here depends on the order in which a graph is replayed.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::panic::Location as Caller;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use graph_engine::{Location, Op};

use crate::alloc;
use crate::quarantine;
use crate::shared::{Known, Shared};
use crate::sync::Handles;

thread_local! {
    static RUN: RefCell<Option<Run>> = const { RefCell::new(None) };
    static SERIAL: Cell<u64> = const { Cell::new(0) };
}

/// The number of the next execution, over all models of the process.
static NEXT: AtomicU64 = AtomicU64::new(1);

/// One execution.
pub(crate) struct Run {
    pub(crate) shared: Arc<Shared>,
    pub(crate) known: Known,
    /// What is known of each thread, by its number.
    threads: BTreeMap<usize, Thread>,
    /// The lazy statics of the model, by their address.
    pub(crate) lazies: BTreeMap<usize, Lazy>,
    /// The `Arc`s that live, by the address of what they hold.
    pub(crate) arcs: BTreeMap<usize, Arc<Handles>>,
}

/// One thread of the execution.
#[derive(Default)]
struct Thread {
    name: Option<String>,
    parker: Option<Location>,
    /// How often it has passed each yield.
    yields: BTreeMap<(&'static str, u32, u32), usize>,
    pub(crate) locals: Vec<Local>,
    /// The names that it gives to what it makes, the innermost last.
    names: Vec<&'static str>,
}

/// A value of a thread-local or a lazy static, whose type its user knows.
#[derive(Clone, Copy)]
pub(crate) struct Local {
    pub(crate) key: usize,
    /// Null once it has been dropped.
    pub(crate) value: *mut (),
    pub(crate) drop: unsafe fn(*mut ()),
}

/// The state of a lazy static.
pub(crate) struct Lazy {
    /// 1 once there is a value.
    pub(crate) done: graph_engine::Block,
    /// Held by the thread that makes the value.
    pub(crate) lock: Location,
    pub(crate) value: Option<Local>,
}

/// Whether the caller is a thread of a model that is being explored.
pub(crate) fn is_live() -> bool {
    !graph_engine::is_over()
}

/// Refuses to work outside of a model.
#[track_caller]
pub(crate) fn require() {
    assert!(
        is_live() || std::thread::panicking(),
        "loom's types work inside of loom::model only"
    );
}

/// The number of the execution.
pub(crate) fn serial() -> u64 {
    SERIAL.get()
}

/// Calls `f` with the run. It must not call the engine, nor code of the model.
#[track_caller]
pub(crate) fn with<T>(f: impl FnOnce(&mut Run) -> T) -> T {
    RUN.with_borrow_mut(|run| {
        f(run
            .as_mut()
            .expect("loom's types work inside of loom::model only"))
    })
}

/// Begins an execution. What an earlier one has left behind is forgotten: its threads did not
/// come to their end, so their values must not be dropped.
pub(crate) fn begin(shared: &Arc<Shared>) {
    quarantine::release();
    alloc::forget();
    // ORDERING: the number only has to be another one than before.
    SERIAL.set(NEXT.fetch_add(1, Ordering::Relaxed));
    let known = shared.known();
    let run = Run {
        shared: Arc::clone(shared),
        threads: BTreeMap::new(),
        lazies: known.lazies.iter().map(|&key| (key, Lazy::new())).collect(),
        arcs: BTreeMap::new(),
        known,
    };
    RUN.set(Some(run));
    let parker = Location::new("park token", 0);
    register(0, None, parker);
}

impl Lazy {
    fn new() -> Lazy {
        Lazy {
            done: graph_engine::Block::alloc("lazy static", 1, 0),
            lock: Location::new("lazy static's lock", 0),
            value: None,
        }
    }
}

/// Makes a thread known.
pub(crate) fn register(thread: usize, name: Option<String>, parker: Location) {
    with(|run| {
        let new = Thread {
            name,
            parker: Some(parker),
            ..Thread::default()
        };
        run.threads.insert(thread, new);
    });
}

/// The name that the thread was given.
pub(crate) fn name(thread: usize) -> Option<String> {
    with(|run| run.threads.get(&thread)?.name.clone())
}

/// Where the thread parks.
pub(crate) fn parker(thread: usize) -> Option<Location> {
    with(|run| run.threads.get(&thread)?.parker)
}

/// The names of all threads of the run that has just ended, each another, as reports have them.
pub(crate) fn thread_names() -> Vec<String> {
    with(|run| {
        let last = run.threads.keys().last().copied().unwrap_or_default();
        let mut names: Vec<String> = Vec::new();
        for thread in 0..=last {
            let given = run.threads.get(&thread);
            let given = given.and_then(|thread| thread.name.clone());
            let name = match (given, thread) {
                (Some(name), _) if names.contains(&name) => format!("{name} (thread {thread})"),
                (Some(name), _) => name,
                (None, 0) => "main".to_owned(),
                (None, _) => format!("thread {thread}"),
            };
            names.push(name);
        }
        names
    })
}

/// Calls `f` with the names that the running thread gives to what it makes.
pub(crate) fn names<T>(f: impl FnOnce(&mut Vec<&'static str>) -> T) -> T {
    let thread = graph_engine::current();
    with(|run| f(&mut run.threads.entry(thread).or_default().names))
}

/// Calls `f` with the values of the running thread's thread-locals.
pub(crate) fn locals<T>(f: impl FnOnce(&mut Vec<Local>) -> T) -> T {
    let thread = graph_engine::current();
    with(|run| f(&mut run.threads.entry(thread).or_default().locals))
}

/// The running thread passes a yield once more. If that is more often than the bound allows, it
/// goes no further, and the verdict is *bounded*.
pub(crate) fn pass_yield(at: &'static Caller<'static>) {
    let thread = graph_engine::current();
    let is_over_bound = with(|run| {
        let place = (at.file(), at.line(), at.column());
        let yields = &mut run.threads.entry(thread).or_default().yields;
        let passed = yields.entry(place).or_default();
        *passed += 1;
        *passed > run.shared.yields
    });
    if is_over_bound {
        cut();
    }
}

/// Ends the running thread here, in this execution. The others go on.
#[track_caller]
pub(crate) fn cut() {
    with(|run| {
        // ORDERING: read after the workers have ended, which their joining orders.
        run.shared.is_cut.store(true, Ordering::Relaxed);
    });
    stay();
}

/// Waits for good, which counts neither as an end nor as a deadlock.
#[track_caller]
fn stay() {
    let never = Location::new("never", 0);
    loop {
        never.wait(Op::TimedPark, !0, 1, |_| 0);
    }
}

/// Ends this exploration, and lets the next one know what `note` notes.
#[track_caller]
pub(crate) fn learn(note: impl FnOnce(&mut Known)) {
    with(|run| run.shared.learn(note));
    stay();
}
