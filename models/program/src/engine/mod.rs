//! Which thread runs: coroutines that stop before what others can observe, and a director that chooses among them.
//!
//! The engine lies outside of the arena. A thread calls it on its own coroutine's stack, at a *point*; it asks the
//! director and goes on, or gives the processor back to [`Engine::run`], which resumes whoever was chosen.
//!
//! # Invariants
//! 1. While an engine is installed, the running coroutine is that of `live.current`, and nobody else uses the engine.
//! 2. Nothing in the arena is used by the engine after it was put back, except through what was put back with it.

mod door;
mod fiber;
mod hot;
mod live;
mod points;
mod schedule;
mod shadow;
mod told;

use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};
use std::ptr;

use interleavings::{Access, Choice, Effect, Operation};

use crate::arena::{self, Arena, MAX_THREADS, Snapshot};
use crate::interpreter::Locator;
use crate::place;
use fiber::{Giver, NOBODY};
use hot::Hot;
use live::{Live, Status, Thread};
use shadow::Shadow;

pub(crate) use door::*;
pub use live::Step;
pub use shadow::Internal;

/// Looks at one place by one instruction after which a thread waits until something has changed.
const PATIENCE: u32 = 10;
/// How often a thread may go on because time has passed while others could run.
const TIME_OUTS: u32 = 2;
/// Choices after which an execution is taken not to end.
const LONGEST: usize = 20_000;
/// Executions that are watched before only some are: those whose number is a power of two.
const WATCHED: u64 = 8;

/// Who decides.
pub trait Director {
    /// Who goes on; `next` says what each thread would do.
    fn choose(&mut self, next: &[Option<Operation>]) -> Choice;

    /// Something that the running operation does, too.
    fn also(&mut self, _access: Access) {}
}

/// Where threads change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grain {
    /// At operations that other Python threads can observe.
    Program,
    /// At every primitive.
    Atomic,
}

/// Why an execution stopped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stop {
    /// The program ended with this status.
    Ended(u8),
    /// No thread can go on.
    Deadlock,
    /// What would follow is known.
    Redundant,
    /// It made too many choices.
    TooLong,
    /// The interpreter failed.
    Failed(String),
    /// A second thread is about to run for the first time.
    Fork,
}

/// Everything that runs one program again and again.
pub struct Engine {
    arena: Arena,
    live: Live,
    start: Option<(Snapshot, Live)>,
    director: Box<dyn Director>,
    hot: Hot,
    shadow: Shadow,
    /// Executions since something became known, and whether the running one is watched.
    executions: u64,
    is_watched: bool,
    /// Whether executions are watched at all.
    learns: bool,
    /// What threads used that no point covers.
    has_left: Option<&'static str>,
    grain: Grain,
    seed: u64,
    stop: Option<Stop>,
    next: Vec<Option<Operation>>,
    /// Whether threads were kept from going on that could have.
    is_bounded: bool,
    trace: Option<Vec<Step>>,
    /// Whether every operation is a point, shared or not.
    everywhere: bool,
    /// Choices after which an execution is given up.
    limit: usize,
    /// Whether output goes out at once.
    passes_on: bool,
    locator: Option<Locator>,
    observed: Option<String>,
}

impl std::fmt::Debug for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Engine").finish_non_exhaustive()
    }
}

thread_local! {
    static ENGINE: Cell<*mut Engine> = const { Cell::new(ptr::null_mut()) };
    /// Whether there is more than one thread.
    static WATCHING: Cell<bool> = const { Cell::new(false) };
    /// Whether every primitive asks the engine.
    static STEPS: Cell<bool> = const { Cell::new(false) };
    /// Whether the running execution is watched.
    static SHADOWED: Cell<bool> = const { Cell::new(false) };
    /// The address of the instruction that runs.
    static FETCHED: Cell<usize> = const { Cell::new(0) };
}

/// The engine of the running execution.
///
/// # Panics
/// Outside of one.
fn engine<'a>() -> &'a mut Engine {
    // SAFETY: `Engine::run` installed it and is suspended; callers let go of it before another coroutine runs.
    unsafe { ENGINE.get().as_mut() }.expect("the program world exists only inside of an execution")
}

impl Engine {
    /// An engine for one program, which stays where it is: threads that are left in the middle know where that is.
    ///
    /// # Errors
    /// Why there is no memory for it.
    pub fn new(director: Box<dyn Director>, grain: Grain, seed: u64) -> Result<Box<Self>, String> {
        // Their buffers are made at first use, which must not be inside of an arena.
        let _ = (std::io::stdin(), std::io::stdout(), std::io::stderr());
        Ok(Box::new(Self {
            arena: Arena::new()?,
            live: Live::default(),
            start: None,
            director,
            hot: Hot::default(),
            shadow: Shadow::default(),
            executions: 0,
            is_watched: false,
            learns: true,
            has_left: None,
            grain,
            seed,
            stop: None,
            next: Vec::new(),
            is_bounded: false,
            trace: None,
            everywhere: false,
            limit: LONGEST,
            passes_on: false,
            locator: None,
            observed: None,
        }))
    }

    /// What is not watched.
    pub fn leave_alone(&mut self, internal: Internal) {
        self.shadow.leave_alone(internal);
    }

    /// From now on steps are noted, or not.
    pub fn trace(&mut self, wanted: bool) {
        self.trace = wanted.then(Vec::new);
    }

    /// From now on every operation that could be shared is a point.
    pub fn stop_everywhere(&mut self) {
        self.everywhere = true;
    }

    /// From now on no line of the interpreter becomes a point that is none.
    pub fn learn_no_more(&mut self) {
        self.learns = false;
    }

    /// Who decides from now on.
    pub fn direct(&mut self, director: Box<dyn Director>) {
        self.director = director;
    }

    /// Whether places turned out to be shared that were passed over.
    pub fn take_changed(&mut self) -> bool {
        let changed = self.hot.take_changed() | self.shadow.take_changed();
        if changed {
            self.executions = 0;
        }
        changed
    }

    /// Lets the program write to the streams of the process, however long it runs.
    pub fn pass_on(&mut self) {
        self.passes_on = true;
        self.limit = usize::MAX;
    }

    /// Runs the program from its start, up to the point where a second thread is about to run, or to its end.
    pub fn begin(&mut self, main: impl FnOnce() + 'static) -> Stop {
        self.observed = None;
        let stop = self.installed(|engine| {
            engine.add(Box::new(main));
            engine.run()
        });
        if stop == Stop::Fork {
            let threads = self.live.threads.len();
            self.start = Some((self.arena.save(threads), self.live.clone()));
        }
        stop
    }

    /// Runs the program from where [`Self::begin`] left it, once more.
    pub fn again(&mut self) -> Stop {
        let Some((snapshot, live)) = &mut self.start else {
            return Stop::Failed("the program has one thread only".to_owned());
        };
        self.arena.restore(snapshot, live.threads.len());
        self.live.clone_from(live);
        self.observed = None;
        if let Some(trace) = &mut self.trace {
            trace.clear();
        }
        let is_due = self.executions < WATCHED || self.executions.is_power_of_two();
        self.is_watched = self.learns && is_due;
        self.executions += 1;
        if self.is_watched {
            self.shadow.clear();
        }
        self.installed(|engine| {
            engine.choose();
            engine.run()
        })
    }

    fn installed(&mut self, body: impl FnOnce(&mut Self) -> Stop) -> Stop {
        let before = ENGINE.replace(self);
        let watching = self.live.threads.len() > 1;
        WATCHING.set(watching);
        STEPS.set(watching && self.asks());
        SHADOWED.set(self.is_watched);
        self.stop = None;
        let stop = body(self);
        WATCHING.set(false);
        STEPS.set(false);
        SHADOWED.set(false);
        ENGINE.set(before);
        stop
    }

    /// Whether primitives are of interest.
    fn asks(&self) -> bool {
        self.grain == Grain::Atomic || self.is_watched || self.shadow.has_points()
    }

    /// Resumes whoever is to go on, until the execution stops.
    fn run(&mut self) -> Stop {
        loop {
            if let Some(stop) = self.stop.take() {
                return stop;
            }
            let thread = self.live.current;
            let Some(fiber) = self.live.threads.get(thread).map(|thread| thread.fiber) else {
                return Stop::Failed("no thread was chosen".to_owned());
            };
            FETCHED.set(self.live.threads[thread].instruction);
            arena::enter(self.arena.region(thread));
            // SAFETY: the thread has not ended, so its coroutine is suspended.
            let has_ended = unsafe { fiber::resume(fiber) };
            arena::enter(ptr::null_mut());
            if has_ended {
                self.live.threads[thread].status = Status::Done;
                if self.stop.is_none() {
                    self.choose();
                }
            }
        }
    }

    /// Makes a thread that runs `body`.
    fn add(&mut self, body: Box<dyn FnOnce()>) -> Option<usize> {
        let thread = self.live.threads.len();
        if thread == MAX_THREADS {
            return None;
        }
        let stack = self.arena.stack(thread);
        let before = self.arena.region(self.live.current);
        arena::enter(before);
        let fiber = fiber::make(
            stack,
            Box::new(move |giver| run_thread(thread, giver, body)),
        );
        arena::enter(ptr::null_mut());
        let mut made = Thread::new(fiber);
        let birth = |effect| Access::new(place::birth(thread), effect);
        made.operation.add(birth(Effect::Acquire));
        self.also(birth(Effect::Release));
        if self.is_watched {
            let release = Operation::of(birth(Effect::Release));
            self.shadow.goes_on(self.live.current, &release);
        }
        self.live.threads.push(made);
        Some(thread)
    }

    /// A point of the running thread, whose operation says what comes next.
    fn point(&mut self, closed: Option<live::Closed>, timed: bool) {
        let me = self.live.current;
        let thread = &mut self.live.threads[me];
        thread.instruction = FETCHED.get();
        thread.operation.label = thread.instruction;
        thread.closed = closed;
        thread.timed = timed;
        self.switch();
        let thread = &mut self.live.threads[me];
        thread.closed = None;
        thread.joins = None;
        thread.timed = false;
    }

    /// Lets the director choose, and returns when the running thread goes on.
    fn switch(&mut self) {
        let me = self.live.current;
        if self.start.is_none() && self.stop.is_none() && self.live.threads.len() > 1 {
            self.stop = Some(Stop::Fork);
        } else {
            self.choose();
        }
        if self.stop.is_some() || self.live.current != me {
            self.leave(me);
        }
    }

    /// Gives the processor back until somebody resumes the thread.
    fn leave(&mut self, me: usize) {
        let state = crate::current::get();
        let giver = self.live.threads[me].giver;
        // SAFETY: it is the running coroutine's, by Invariant 1.
        unsafe { fiber::suspend(giver) };
        crate::current::set(state);
    }
}

/// The body of a coroutine.
fn run_thread(thread: usize, giver: *const Giver, body: Box<dyn FnOnce()>) {
    engine().live.threads[thread].giver = giver;
    crate::current::set(ptr::null());
    if let Err(panic) = panic::catch_unwind(AssertUnwindSafe(body)) {
        let text = panic.downcast_ref::<String>().map(String::as_str);
        let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
        let text = text.unwrap_or("a panic without a message");
        arena::outside(|| engine().stop = Some(Stop::Failed(text.to_owned())));
    }
    engine().live.threads[thread].giver = NOBODY;
}
