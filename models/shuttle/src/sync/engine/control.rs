//! The engine's state: what each thread is doing, the virtual clock, and the choices made so far.

use std::any::Any;
use std::time::Duration;

use reports::failure::FailureKind;

use super::current::{self, Alarm};
use super::runs::Run;
use super::schedule::Choice;
use super::strategy::{Access, Options, Place, Strategy, Threads};

/// What a thread is doing, as far as choosing it goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Status {
    /// It can go on.
    Ready,
    /// It can go on, and would rather let others.
    Yields,
    /// It can go on once another thread has changed something.
    Spins,
    /// It can go on once it is woken.
    Waiting,
    /// It can go on once it is woken; choosing it before is its time-out.
    Timed,
    /// It has ended.
    Done,
}

/// What an operation did to a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::sync) enum Effect {
    /// Read it.
    Read,
    /// Wrote what was there before.
    Write,
    /// Changed it: a spinning thread may see something new.
    Change,
}

impl Effect {
    /// A write, which changed the value or did not.
    pub(in crate::sync) fn write(changed: bool) -> Self {
        if changed { Self::Change } else { Self::Write }
    }
}

/// How far an execution may go before it is called endless.
const LONGEST: usize = 10_000;

/// How much virtual time a look at the clock takes.
const LOOK: Duration = Duration::from_micros(100);

/// How many rounds a thread spins on when nobody can go on: it may be a loop that gives up by itself.
const PATIENCE: u32 = 100;

/// How many of its weak compare-exchanges may fail spuriously, for each thread.
const SPURIOUS: u32 = 1;

/// How many of its sleeps may end though nobody wakes it, for each thread.
pub(in crate::sync) const WAKE_UPS: u32 = 1;

#[derive(Debug)]
struct Thread {
    status: Status,
    /// The thread whose end it waits for.
    joins: Option<usize>,
    /// All changes, and its own, when the round of its waiting loop began.
    round: Changes,
    /// Its own changes so far.
    own: u64,
    /// Rounds since the last one that could find something new.
    futile: u32,
    /// This round could go another way without a change: a look at the clock, a time-out, a rare event.
    lucky: bool,
    spurious: u32,
    /// How many of its sleeps could end though nobody wakes it.
    wake_ups: u32,
}

#[derive(Clone, Copy, Debug, Default)]
struct Changes {
    all: u64,
    own: u64,
}

/// The state of the exploration that runs on this OS thread.
pub(super) struct Control {
    pub(super) strategy: Box<dyn Strategy>,
    threads: Vec<Thread>,
    steps: usize,
    changes: u64,
    clock: Duration,
    heaps: u32,
    /// What was done since the last choice.
    done: Vec<Access>,
    pub(super) choices: Vec<Choice>,
    /// The panic that failed the execution.
    pub(super) payload: Option<Box<dyn Any + Send>>,
    /// Which thread ran for how many scheduling points, in order.
    pub(super) runs: Vec<Run>,
    /// How often the running thread was made to wait although it could go on.
    pub(super) preemptions: usize,
    /// Some thread would have woken up for no reason once more than it may.
    pub(super) out_of_wake_ups: bool,
}

impl Control {
    pub(super) fn new(strategy: Box<dyn Strategy>) -> Self {
        Self {
            strategy,
            threads: Vec::new(),
            steps: 0,
            changes: 0,
            clock: Duration::ZERO,
            heaps: 0,
            done: Vec::new(),
            choices: Vec::new(),
            payload: None,
            runs: Vec::new(),
            preemptions: 0,
            out_of_wake_ups: false,
        }
    }

    /// Begins an execution; false when the strategy has no more.
    pub(super) fn begin(&mut self) -> bool {
        self.threads.clear();
        self.steps = 0;
        self.changes = 0;
        self.clock = Duration::ZERO;
        self.heaps = 0;
        self.done.clear();
        self.choices.clear();
        self.runs.clear();
        self.preemptions = 0;
        self.add(0);
        current::reset();
        self.strategy.begin()
    }

    /// Ends an execution.
    pub(super) fn end(&mut self) {
        self.strategy.end(&self.done);
    }

    pub(super) fn steps(&self) -> usize {
        self.steps
    }

    pub(super) fn add(&mut self, thread: usize) {
        debug_assert_eq!(thread, self.threads.len(), "threads are numbered in order");
        let all = self.changes;
        self.threads.push(Thread {
            status: Status::Ready,
            joins: None,
            round: Changes { all, own: 0 },
            own: 0,
            futile: 0,
            lucky: false,
            spurious: 0,
            wake_ups: 0,
        });
        self.did(Place::life(thread), Effect::Change);
    }

    pub(super) fn done(&mut self, thread: usize) {
        self.threads[thread].status = Status::Done;
        self.did(Place::life(thread), Effect::Change);
        for waiter in &mut self.threads {
            if waiter.joins == Some(thread) {
                waiter.joins = None;
                waiter.status = Status::Ready;
            }
        }
    }

    /// Whether the current thread must wait for the end of `thread`.
    pub(super) fn begin_join(&mut self, thread: usize) -> bool {
        self.did(Place::life(thread), Effect::Read);
        let waits = self.threads[thread].status != Status::Done;
        self.me().joins = waits.then_some(thread);
        waits
    }

    pub(super) fn pause(&mut self, status: Status) {
        self.me().status = status;
    }

    pub(super) fn yields(&mut self) {
        self.me().status = Status::Yields;
    }

    pub(super) fn wake(&mut self, thread: usize) {
        self.threads[thread].status = Status::Ready;
    }

    pub(super) fn did(&mut self, place: Place, effect: Effect) {
        if effect == Effect::Change {
            self.changes += 1;
            self.me().own += 1;
        }
        let write = effect != Effect::Read;
        self.done.push(Access { place, write });
    }

    pub(super) fn fails_spuriously(&mut self) -> bool {
        if self.me().spurious == SPURIOUS {
            return false;
        }
        let fails = self.strategy.flip();
        self.choices.push(Choice::Flip(fails));
        self.me().spurious += u32::from(fails);
        self.me().lucky |= fails;
        fails
    }

    pub(super) fn may_wake_up(&mut self) -> bool {
        let may = self.me().wake_ups < WAKE_UPS;
        self.me().wake_ups += u32::from(may);
        self.out_of_wake_ups |= !may;
        may
    }

    pub(super) fn look_at_clock(&mut self) -> Duration {
        self.clock += LOOK;
        self.me().lucky = true;
        self.clock
    }

    pub(super) fn pass(&mut self, duration: Duration) {
        self.clock = self.clock.saturating_add(duration);
    }

    pub(super) fn reach(&mut self, time: Duration) {
        self.clock = self.clock.max(time);
        self.me().lucky = true;
    }

    pub(super) fn new_heap(&mut self) -> u32 {
        self.heaps += 1;
        self.heaps
    }

    fn me(&mut self) -> &mut Thread {
        &mut self.threads[current::thread()]
    }

    /// Chooses who goes on.
    pub(super) fn choose(&mut self) -> usize {
        self.steps += 1;
        if self.steps > LONGEST {
            return self.give_up(Alarm::TooLong(LONGEST));
        }
        let threads = self.able();
        if threads.is_empty() {
            return self.give_up(Alarm::Stuck(self.why_stuck()));
        }
        let options = self.options(threads);
        let next = self.strategy.thread(options, &self.done);
        self.done.clear();
        self.note(options, next);
        self.resume(next);
        next
    }

    /// The threads that can go on; when there are none, those that spin and may give up by themselves.
    fn able(&self) -> Threads {
        let able = self.those(|thread| self.is_able(thread));
        match able.is_empty() {
            true => self.those(|thread| thread.status == Status::Spins && thread.futile < PATIENCE),
            false => able,
        }
    }

    fn those(&self, wanted: impl Fn(&Thread) -> bool) -> Threads {
        let mut threads = Threads::default();
        for (thread, state) in self.threads.iter().enumerate() {
            if wanted(state) {
                threads.insert(thread);
            }
        }
        threads
    }

    fn is_able(&self, thread: &Thread) -> bool {
        match thread.status {
            Status::Ready | Status::Yields | Status::Timed => true,
            Status::Spins => thread.lucky || self.news_for(thread),
            Status::Waiting | Status::Done => false,
        }
    }

    /// Whether another thread changed something since the thread's round began.
    fn news_for(&self, thread: &Thread) -> bool {
        self.changes - thread.round.all > thread.own - thread.round.own
    }

    fn options(&self, threads: Threads) -> Options {
        let me = current::thread();
        let ran = Some(me).filter(|me| threads.contains(*me));
        let (willing, unwilling): (Option<usize>, Option<usize>) = match self.threads[me].status {
            Status::Ready => (ran, None),
            Status::Yields | Status::Spins => (None, ran),
            _ => (None, None),
        };
        Options {
            threads,
            current: willing,
            yielding: unwilling,
        }
    }

    fn note(&mut self, options: Options, next: usize) {
        if options.threads.len() > 1 {
            self.choices.push(Choice::Thread(next));
        }
        let preempts = options.current.is_some_and(|current| current != next);
        self.preemptions += usize::from(preempts);
        match self.runs.last_mut() {
            Some(run) if run.thread == next => run.points += 1,
            _ => self.runs.push(Run {
                thread: next,
                points: 1,
            }),
        }
    }

    /// What choosing a thread does to it; a thread that timed out finds that out by itself.
    fn resume(&mut self, next: usize) {
        let all = self.changes;
        let futile = !self.is_able(&self.threads[next]);
        let thread = &mut self.threads[next];
        match thread.status {
            Status::Spins => {
                thread.futile = if futile { thread.futile + 1 } else { 0 };
                thread.round = Changes {
                    all,
                    own: thread.own,
                };
                thread.lucky = false;
                thread.status = Status::Ready;
            }
            Status::Yields | Status::Timed => thread.status = Status::Ready,
            _ => {}
        }
    }

    fn why_stuck(&self) -> FailureKind {
        let spins = |thread: &Thread| thread.status == Status::Spins;
        if self.threads.iter().any(spins) {
            FailureKind::Livelock
        } else {
            FailureKind::Deadlock
        }
    }

    /// Sounds the alarm; the thread that is resumed finds it.
    fn give_up(&mut self, alarm: Alarm) -> usize {
        current::sound(alarm);
        let me = current::thread();
        let alive = |thread: &usize| self.threads[*thread].status != Status::Done;
        let mut threads = std::iter::once(me).chain(0..self.threads.len());
        threads.find(alive).unwrap_or(me)
    }
}
