//! graph-engine: a complete checker for concurrent Rust programs under weak memory.
//!
//! ```
//! use graph_engine::{Config, Engine, Location, Mode, Verdict, spawn};
//!
//! let exploration = Engine::explore(Config::default(), || {
//!     let (data, flag) = (Location::new("data", 0), Location::new("flag", 0));
//!     let writer = spawn(move || {
//!         data.write(42);
//!         flag.store(1, Mode::Release);
//!     });
//!     if flag.load(Mode::Acquire) == 1 {
//!         assert_eq!(data.read(), 42);
//!     }
//!     writer.join();
//! });
//! assert_eq!(exploration.verdict, Verdict::Exhaustive);
//! assert_eq!(exploration.counts.complete, 2);
//! ```
//!
//! # What is explored
//!
//! Two schedules that differ only in the order of steps that do not affect each other are
//! the same execution. So the engine does not go through schedules. It goes through
//! *execution graphs*: events (reads, writes, fences, ...) with
//!
//! * **po**, program order: the order of a thread's own events;
//! * **rf**, reads-from: for each read, the write whose value it returns;
//! * **co**, coherence order: for each location, the order of its writes.
//!
//! Values follow from rf, and what a thread does next follows from the values that it has
//! read, so the graph is everything there is to know about an execution. Weak memory
//! costs nothing extra: a read that returns an old value is an rf edge from an old write.
//! A memory model is a predicate on graphs ([`Model`]), and exploring a program means
//! to visit every graph that the program can produce and the predicate admits. The engine
//! visits each exactly once, and nothing else. The algorithm is TruSt (Kokologiannakis,
//! Marmanis, Gladstein, Vafeiadis: *Truly Stateless, Optimal Dynamic Partial Order
//! Reduction*, POPL 2022). What follows explains it; the section in brackets names the
//! module in which a thing is done.
//!
//! # Growing a graph
//!
//! The program runs; its threads are coroutines, and every operation on shared state asks
//! the engine what to return. The engine lets the first thread that can go on take its
//! step (`driver`), and adds an event:
//!
//! * a *read* may read from any write of its location in the graph, as long as the model
//!   admits the result: each is a choice (`offer`);
//! * a *write* may take any position in the coherence order of its location: again a
//!   choice for each.
//!
//! One choice is taken at once, the others are remembered (`search`). When the run ends,
//! the newest remembered choice is taken: the graph is cut back to the step, the choice is
//! made, and the program is run again from its start. As long as it is within the graph
//! it *replays*: each read returns what its write has written in this run (`runner`).
//!
//! That alone is not complete. When a read is added, writes that come later in the run
//! are not there yet. Therefore
//!
//! * a *write* is also offered to the reads of its location that are in the graph already:
//!   it *revisits* them (`revisit`).
//!
//! If write `a` revisits read `r`, then `r` reads from `a` from now on. What was added
//! after `r` may depend on what `r` returned, so it is deleted, except for the ancestors
//! of `a` by po and rf, without which there would be no `a`. (If `r` itself is an ancestor
//! of `a`, it cannot read from it: po and rf together have no cycles in any of the models.
//! This excludes load buffering, and is why growing forwards is enough.)
//!
//! # Once
//!
//! Now one graph can be reached in several ways: whatever a revisit deletes could have
//! made any choice before it was deleted. TruSt admits one way only. The deleted events,
//! and `r`, must be *maximally added*: each read had read from the newest write and each
//! write had taken the newest position, among what was there before it and what are the
//! ancestors of `a`; and nothing among those reads from a deleted write. From a given
//! graph with `r` reading from `a`, the graph before the revisit can be computed by taking
//! `a` out and running the program on with the newest choice at every step. So it is
//! unique, and since this holds at every step, so is the way from the empty graph.
//!
//! No visited graph is stored. The memory that is used is the stack of remembered choices;
//! a revisit deletes from the middle, so it works on a copy, which is dropped when the
//! choices made in it are used up.
//!
//! # An example, step by step
//!
//! Three threads share `x`, which is 0: the first loads it (R), the second stores 1 (W1),
//! the third stores 2 (W2). The load sees one of three values, and coherence order has
//! two orders: 6 graphs. Written below: the events in the order of their addition, where R
//! reads from, and coherence order.
//!
//! ```text
//! 1  R           R<-0                     the only write there is
//! 2  R W1        R<-0   co 0 1            W1 is added; its one position
//!      remembered: W1 revisits R          R read the newest write: allowed        -> 6
//! 3  R W1 W2     R<-0   co 0 1 2          GRAPH 1
//!      remembered: W2 before W1           a position                              -> 4
//!      remembered: W2 revisits R          deletes W1, which was newest and unread -> 5
//! 4  R W1 W2     R<-0   co 0 2 1          GRAPH 2
//! 5  R W2        R<-2   co 0 2            W1 is gone; its thread runs again:
//!    R W2 W1     R<-2   co 0 2 1          GRAPH 3
//!      remembered: W1 before W2                                                   -> 5b
//!      not allowed: W1 revisits R         it would delete W2, which R reads from
//! 5b R W2 W1     R<-2   co 0 1 2          GRAPH 4
//! 6  R W1        R<-1   co 0 1            nothing was added after R but W1 itself
//!    R W1 W2     R<-1   co 0 1 2          GRAPH 5
//!      remembered: W2 before W1                                                   -> 6b
//!      not allowed: W2 revisits R         it would delete W1, which R reads from
//! 6b R W1 W2     R<-1   co 0 2 1          GRAPH 6
//! ```
//!
//! The two revisits that are not allowed would have led to graphs 3 to 6 again.
//!
//! ```
//! # use graph_engine::{Config, Engine, Location, Mode, spawn};
//! let exploration = Engine::explore(Config::default(), || {
//!     let x = Location::new("x", 0);
//!     spawn(move || x.load(Mode::Relaxed));
//!     spawn(move || x.store(1, Mode::Relaxed));
//!     spawn(move || x.store(2, Mode::Relaxed));
//! });
//! assert_eq!((exploration.counts.complete, exploration.counts.runs), (6, 6));
//! ```
//!
//! # The memory models
//!
//! *Happens-before* is kept as vector clocks (`happens_before`). *Coherence* and *atomicity*
//! are asked before a choice is stored, so that few inconsistent graphs are ever built;
//! *SC* (psc, or the acyclicity of all four relations in the model SC) is asked of each
//! graph with the choice made (`consistency`, `psc`). A read-modify-write is a read and
//! the write right after it. Two of them that read from the same write are inconsistent,
//! but the second one is still looked at: its write may revisit the first one's read.
//!
//! # Errors
//!
//! *Races* (`race`): a new access is compared with the conflicting ones in the graph; two
//! that happens-before does not order are an error if one is plain. Plain reads have no
//! choice, since a choice would be a race. *Memory*: creating a location is its first
//! write, and freeing a block is an access of all that is in it; an access may be in a
//! second block besides that of its location ([`Location::within`]). *Deadlock*: nobody can
//! go on, and whatever a thread waits for, it has seen the newest write.
//! *Nondeterminism* (`determinism`): a replayed thread that asks for another step than the graph
//! records, or for the same with another value.
//!
//! # Waiting
//!
//! A thread that waits for a lock or a token ([`Lock`], [`Parker`]) reads one write in the
//! end: one that lets it go on. Before that it may look any number of times, and TruSt
//! would let each later write revisit the look, or not: most graphs would then end
//! *blocked*, with a thread that waits for a write that another graph lets it have. After
//! the idea of Awamoche (Kokologiannakis, Marmanis, Vafeiadis: *Unblocking Dynamic Partial
//! Order Reduction*, CAV 2023), the thread waits in place instead:
//!
//! 1. When the newest write makes it wait, it makes a *try in vain*: a read of that
//!    write. (An older write that would let it go on is a choice, as for any read; one
//!    that would make it wait is not.)
//! 2. Nothing revisits a try in vain. Once there is a write newer than the one it has seen
//!    that would let it go on, the thread can run, and makes its next try, whose choices
//!    are the writes newer than that (`driver`).
//! 3. A try that succeeded is revisited as any read is. If the write makes it wait,
//!    it becomes a try in vain.
//!
//! So tries in vain come before the read that counts. They take part in nothing: the axioms
//! leave them out (`consistency`, `psc`), and an execution is the same with them and without.
//! That nothing is lost, and nothing found twice, rests on the operations being
//! read-modify-writes, unlocking included: the writes of such a location follow each other
//! by po ∪ rf.
//!
//! *Nothing is lost.* Take an execution in which the thread goes on by reading write `w`, and a
//! graph on the way to it in which the thread comes to wait. If `w` is there, it is a
//! choice. If not, it will be newer than the write `b` that the try has seen: all that is
//! older than `b` is among b's ancestors, so it is there. When `w` has been added, it is a
//! choice of the next try. TruSt would revisit at this point, and delete what was added
//! since; here that stays, since it does not depend on the try, and a later revisit of it
//! finds what it finds in TruSt. The try itself binds the thread to nothing either: b
//! comes before `w`, so by po ∪ rf the thread has `b` behind it as soon as it has `w`.
//!
//! *Once.* What a thread reads in the end was a choice of exactly one of its tries: of the
//! first one after which no try was in vain; the choices of two tries do not overlap, since
//! the second has newer writes only. What a revisit deletes must be what a run that
//! always takes the newest choice would do. A try in vain is, if it is the program's
//! doing: the thread would have waited, or, had what is newer been there, not tried. It is
//! deleted without asking more, while the read that ends the wait is judged as any read
//! (`revisit`). A try that is in vain because of rule 3 is the mark of a choice, and what it
//! reads is deleted only together with it.
//!
//! What is left at the end are tries in vain of the newest write, so a graph in which only
//! locks and tokens are waited for is never blocked: it is complete or a deadlock. The
//! exception is a wait with a deadline, which is no part of a deadlock.
//!
//! A waiting *loop* ([`spin`]) whose turn is one read waits in place, too (`turn`): a read of
//! the newest write that does not let the loop go on becomes a *turn in vain*, which stands for
//! no read at all: nothing is ordered by it or before it, not even by po ∪ rf. The choices of
//! the next turn are the writes that were added since. A read that let the loop go on may be
//! revisited by a write that makes it wait; whether it does must be known before others write,
//! so a thread whose read was revisited runs first. Where the loop would wait after an older
//! write, the run ends and is not counted: it waits where it has read the newest one.
//!
//! The argument above holds of such a loop as far as the writes of its location follow each
//! other, as those of locks, tickets and counters do. Nobody promises that. So the engine looks
//! (`chains`): a write that has not all earlier ones of its location behind it is noted, and so
//! is a location that a loop has waited for in place. If a location is both, the exploration
//! starts again, and loops on that location do not wait in place any more. That no such write
//! was seen says that there is none: on the way to an execution that has one, it is added
//! to a graph in which the writes so far do follow each other, and such graphs are not missed.
//!
//! A read-modify-write that leaves the value as it was (a test-and-set of a lock that is
//! taken) is such a read, and writes only if the thread does not come round to it again.
//!
//! All other loops are revisited as other reads are: a graph in which the loop
//! has seen older writes is *blocked*. But if the last read of its turn was no newest choice, no
//! revisit may delete or change it or what comes before it, so the thread waits for good: the
//! run ends at once. (What else is wrong with the program does not depend on the thread, so it
//! is found where the read has taken the newest write.) Which loops wait is found out by
//! trying some more turns (`spin`). A loop that waits is taken to have no memory: a thread that
//! goes on is run again as if its last turn had been the first. (If it asks for something else
//! all the same, it has counted the turns that were tried, and the run starts again without them.)
//!
//! # Sharing
//!
//! A choice that is left, with the graph before it, is a job for any worker, any machine, or
//! any later time (`job`, `workers`, `checkpoint`). Jobs are ordered as one worker would
//! come to them, so counts and the first failure do not depend on the number of workers.
//!
//! # Symmetry
//!
//! Threads that are alike ([`spawn_alike`]) may be renamed in an execution. With
//! [`Config::symmetry`] one renaming of each is visited: the one in which, where two such threads
//! part, the earlier one has taken the step that is older by coherence order (`symmetry`). The argument
//! is that of the section *Once*, with one more kind of ancestor: what the earlier ones of several
//! threads did before they parted. The bounds below count the same for all renamings, so they
//! hold as they are. Threads that turn out not to be alike are an error (`alike`).
//!
//! # Bounds
//!
//! [`Config::max_stale_reads`] leaves exactly the graphs within it. A step that would exceed
//! it is not offered, and that loses nothing, because the newest choice is never stale:
//! what a revisit deletes had no stale read, so no graph on the way has more of them than
//! those it leads to.
//!
//! [`Config::max_preemptions`] is another matter, because preemptions lack this property. A graph stands for
//! many schedules, so it would have to be the cheapest of them that counts; and graphs on
//! the way may cost more than what they lead to. Take two threads, `x.load(); y.store(1)` and
//! `y.load(); x.store(1)`. The execution in which the first load sees 1 needs no preemption:
//! the second thread runs first. It is reached by a revisit from the graph in which
//! both loads see 0, and this one needs a preemption in every schedule. So to visit all
//! that n preemptions can do, graphs beyond n must be visited too. By how much is known
//! (Marmanis, Kokologiannakis, Vafeiadis: *Reconciling Preemption Bounding with DPOR*, TACAS 2023):
//! what a revisit deletes could have run last, thread by thread, so a graph on the way has at
//! most one preemption more for each thread. A graph beyond that is given up, and a complete one
//! beyond n is not counted (`preemption`). The cheapest schedule is found by a search of its own
//! after every choice; it ends early, since only cheap schedules are looked for. Under weak memory
//! a schedule is any order that po ∪ rf admits.
//!
//! # What is not modelled
//!
//! * Load buffering and out-of-thin-air values: po ∪ rf is acyclic (litmus tests `LB`).
//! * Accesses of different sizes to the same bytes: a location is a whole value.
//! * Time and system calls: a time-out is a [`choice`].
//! * Unlimited spurious failure: [`Config::spurious_failures`] per thread and location.
//! * A loop that calls [`spin`] and gives up only after more turns than
//!   [`Config::spin_turns`]: it counts as endless.
//! * Consume ordering, and blocks of memory whose addresses the program compares.
//!
//! `docs/memory-models.md` says what each limit means, and `tests/limits.rs` shows it.
//!
//! # What does not come back
//!
//! Each step leaves a sign of life (`pulse`), and a watcher gives up a worker whose program leaves
//! none for too long ([`Config::patience`]), has used up its stack (`overflow`), or panics in a
//! destructor while a panic unwinds (`panics`). The exploration ends without it, and says what
//! and where (`watch`); the worker's operating system thread stays until the process ends.
//!
//! A program must not catch the unwinding of its threads at the end of a run, and its
//! destructors must end when operations do nothing ([`is_over`]).

mod accesses;
mod alike;
mod api;
mod buffering;
mod chains;
mod checkpoint;
mod clock;
mod config;
mod consistency;
mod cyclic;
mod determinism;
mod driver;
mod endless;
mod estimate;
mod event;
mod explore;
mod failure;
mod fiber;
mod graph;
mod happens_before;
mod inside;
mod job;
mod misuse;
mod offer;
mod overflow;
mod panics;
mod part;
mod pool;
mod preemption;
mod psc;
mod pulse;
mod race;
mod random;
mod reached;
mod request;
mod restrict;
mod revisit;
mod runner;
mod save;
mod search;
mod spin;
mod symmetry;
mod threads;
mod trace;
mod turn;
mod values;
mod watch;
mod workers;

pub use api::{Block, Location, Lock, Parker, choice, fence, spin};
pub use buffering::Buffering;
pub use checkpoint::{Checkpoint, ResumeError};
pub use clock::MAX_THREADS;
pub use config::Config;
pub use config::Model;
#[doc(hidden)]
pub use config::Mutation;
pub use estimate::Estimate;
pub use event::{Mode, Op, Outcome, Role};
pub use explore::{Counts, Engine, Execution, Exploration, Observer, Progress, Verdict};
pub use failure::{Failure, FailureKind, Wait};
pub use inside::{current, foreseen, is_over, is_trying, note, position};
pub use panics::panicked;
pub use threads::{JoinHandle, spawn, spawn_alike};
pub use trace::{Trace, TraceEvent};
