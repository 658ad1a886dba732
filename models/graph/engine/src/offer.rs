//! The choices of one step: every consistent way in which an operation can go on.
//!
//! Each candidate is tried on the graph, judged by the axioms, and taken back; what
//! remains is stored as choices. The newest one always remains: nothing could come between
//! it and the end of coherence order, and it is not stale. Newest first, so that the first run through a program
//! is the one in which every read takes the newest write.

use crate::clock::Clock;
use crate::config::Mutation;
use crate::event::{EventId, Mode, Op, Outcome, Role, ThreadId};
use crate::graph::Graph;
use crate::request::Request;
use crate::search::{Choice, Revisited, Search, Stepped};
use crate::values::Values;

/// Computes what a read-modify-write or a store writes from what was read.
pub(crate) type Write<'a> = &'a dyn Fn(u64) -> u64;

impl Search {
    /// Lets the thread take the step that it asks for, in the first possible way, and
    /// stores the other ways.
    pub(crate) fn step(&mut self, request: &Request, values: &Values, write: Write<'_>) -> Stepped {
        let first = self.top().choices.len();
        match request.op {
            Op::Read => self.offer_newest(request),
            Op::Write => self.offer_plain_write(request),
            Op::Store => self.offer_store(request, values, write),
            Op::Choice => self.offer_numbers(request),
            Op::Load => self.offer_reads(request, values, write),
            _ => self.offer_update(request, values, write),
        }
        self.enter(request, None, first)
    }

    /// A plain read has no choice: if it had, there would be a race.
    fn offer_newest(&mut self, request: &Request) {
        let level = self.top();
        let write = level.graph.locations[request.loc].co.last().copied();
        level.choices.extend(write.map(|write| Choice::Read {
            write,
            outcome: Outcome::Plain,
        }));
    }

    fn offer_plain_write(&mut self, request: &Request) {
        let level = self.top();
        let at = level.graph.locations[request.loc].co.len();
        level.choices.push(Choice::Write { at });
    }

    fn offer_numbers(&mut self, request: &Request) {
        self.top()
            .choices
            .extend((0..request.arg).map(|number| Choice::Pick { number }));
    }

    fn offer_store(&mut self, request: &Request, values: &Values, write: Write<'_>) {
        let hb = self.graph().thread_clocks(request.thread).hb;
        let floor = self.graph().coherence_floor(request.loc, &hb);
        let len = self.graph().locations[request.loc].co.len();
        for at in self.positions(floor, len).rev() {
            if self.admits_write(request, at) {
                self.top().choices.push(Choice::Write { at });
            }
        }
        self.offer_revisits(request, values, write(0), None);
    }

    /// The positions above a coherence floor.
    fn positions(&self, floor: usize, len: usize) -> std::ops::RangeInclusive<usize> {
        let forget = self.config.mutation == Some(Mutation::SkipOldestPosition) && floor + 1 < len;
        floor + 1 + usize::from(forget)..=len
    }

    fn offer_update(&mut self, request: &Request, values: &Values, write: Write<'_>) {
        match self.graph().last_event(request.thread) {
            Some(read) if self.graph().events[read].is_exclusive_read() => {
                let source = self.graph().events[read]
                    .rf
                    .expect("a run has no open revisit");
                self.offer_update_writes(request, values, write(values.written(source)), None);
            }
            _ => self.offer_reads(request, values, write),
        }
    }

    fn offer_reads(&mut self, request: &Request, values: &Values, write: Write<'_>) {
        let hb = self.graph().thread_clocks(request.thread).hb;
        let floor = self.graph().coherence_floor(request.loc, &hb);
        let len = self.graph().locations[request.loc].co.len();
        let forget = self.config.mutation == Some(Mutation::SkipOldestWrite) && floor + 1 < len;
        let wait = self.graph().wait_before(request, values);
        for position in (floor + usize::from(forget)..len).rev() {
            let source = self.graph().locations[request.loc].co[position];
            if wait.is_none_or(|turn| self.graph().is_news(turn, source)) {
                self.offer_read(request, values, write, source, wait.is_some());
            }
        }
    }

    fn offer_read(
        &mut self,
        request: &Request,
        values: &Values,
        write: Write<'_>,
        source: EventId,
        waits: bool,
    ) {
        let read = values.written(source);
        let outcome = request.outcome(read);
        let is_newest = self.graph().is_newest(request.loc, source);
        if outcome != Outcome::Success {
            // In a loop that has waited, a failure makes it wait for what is newer.
            if is_newest || !(waits && outcome == Outcome::Failure) {
                self.offer_plain_outcome(request, source, outcome);
            }
            return;
        }
        let written = write(read);
        let stays = request.op == Op::Update && written == read;
        if stays && waits && !is_newest {
            return;
        }
        self.top().push_read(request, source, outcome);
        let last = self.graph().len() - 1;
        if self.admits(last) {
            if stays && self.admits_update(request, source) {
                // Whether it writes is seen by what the thread does next (`turn`).
                let write = source;
                self.top().choices.push(Choice::Read { write, outcome });
            } else {
                self.offer_update_writes(request, values, written, Some(source));
            }
        }
        self.top().graph.pop();
        if self.may_fail_spuriously(request) {
            self.offer_plain_outcome(request, source, Outcome::Spurious);
        }
    }

    fn offer_plain_outcome(&mut self, request: &Request, write: EventId, outcome: Outcome) {
        // A thread that waits although it has seen the comparison's chance pass could
        // only be woken by a write that it would then read from newly.
        let waits = request.op.waits() && outcome == Outcome::Failure;
        if waits && !self.graph().is_newest(request.loc, write) {
            return;
        }
        if self.admits_read(request, write, outcome) {
            self.top().choices.push(Choice::Read { write, outcome });
        }
    }

    /// The write of a read-modify-write whose read is the thread's last event. `source`
    /// is what that read reads from, if the read belongs to the same step.
    fn offer_update_writes(
        &mut self,
        request: &Request,
        values: &Values,
        written: u64,
        source: Option<EventId>,
    ) {
        let graph = self.graph();
        let read = graph
            .last_event(request.thread)
            .expect("the read of the update");
        let from = graph.events[read].rf.expect("a read that reads");
        if self.admits_update(request, from) {
            self.top().choices.push(match source {
                Some(write) => Choice::Update { write },
                None => Choice::FinishUpdate,
            });
        }
        self.offer_revisits(request, values, written, source);
    }

    fn admits_update(&mut self, request: &Request, source: EventId) -> bool {
        let at = self.graph().co_index(request.loc, source) + 1;
        self.admits_write(request, at)
    }

    fn admits_read(&mut self, request: &Request, write: EventId, outcome: Outcome) -> bool {
        if self.graph().is_newest(request.loc, write) {
            return true;
        }
        self.top().push_read(request, write, outcome);
        let admitted = self.admits(self.graph().len() - 1);
        self.top().graph.pop();
        admitted
    }

    fn admits_write(&mut self, request: &Request, at: usize) -> bool {
        if at == self.graph().locations[request.loc].co.len() {
            return true;
        }
        if self.graph().would_split_update(request.loc, at) {
            return false;
        }
        self.top().push_write(request, at);
        let admitted = self.admits(self.graph().len() - 1);
        self.top().graph.pop();
        admitted
    }

    /// Every read that the step's write may be offered to, in every way in which that
    /// read can go on.
    fn offer_revisits(
        &mut self,
        request: &Request,
        values: &Values,
        written: u64,
        source: Option<EventId>,
    ) {
        let mut reads = std::mem::take(&mut self.revisits);
        let ancestors = self.graph().ancestors(request.thread);
        self.graph()
            .revisitable(request.loc, &ancestors, &mut reads);
        for &read in &reads {
            if request.op.updates() && self.graph().stays_taken(request.thread, read, &ancestors) {
                continue;
            }
            let Some(asked) = values.request(read).copied() else {
                continue;
            };
            let outcome = asked.outcome(written);
            self.offer_revisit(read, &asked, outcome, source);
            if outcome == Outcome::Success && self.may_fail_spuriously(&asked) {
                self.offer_revisit(read, &asked, Outcome::Spurious, source);
            }
        }
        self.revisits = reads;
    }

    fn offer_revisit(
        &mut self,
        read: EventId,
        asked: &Request,
        outcome: Outcome,
        source: Option<EventId>,
    ) {
        let mode: Mode = asked.mode_after(outcome);
        self.top().choices.push(Choice::Revisit {
            read,
            outcome,
            mode,
            source,
        });
    }

    /// The positions that a write may take when `revisited` is to read from it.
    pub(crate) fn offer_places(&mut self, request: &Request, revisited: Revisited) {
        let graph = self.graph();
        let len = graph.locations[request.loc].co.len();
        let floor = graph.floor_of_place(request, revisited.read);
        let waits =
            graph.events[revisited.read].op.waits() && revisited.outcome == Outcome::Failure;
        for at in (floor + 1..=len).rev() {
            let directly =
                !request.op.updates() || at == self.graph().update_position(request.thread);
            if directly && (at == len || !waits) && self.admits_place(request, revisited, at) {
                self.top().choices.push(Choice::Place { at });
            }
        }
    }

    fn admits_place(&mut self, request: &Request, revisited: Revisited, at: usize) -> bool {
        if self.graph().would_split_update(request.loc, at) {
            return false;
        }
        self.top().place(request, Some(revisited), at);
        let write = self.graph().len() - 1;
        let admitted = self.admits(write) && self.admits(revisited.read);
        self.top().graph.pop();
        admitted
    }

    /// The model's axiom, and the bounds of the configuration.
    fn admits(&self, last: EventId) -> bool {
        let bounded = |bound: usize| self.graph().stale_reads() <= bound;
        self.graph().admits(last) && self.config.max_stale_reads.is_none_or(bounded)
    }

    /// Spurious failures are limited per thread and location: each changes nothing, so
    /// a loop of them would never end.
    fn may_fail_spuriously(&self, request: &Request) -> bool {
        let graph = self.graph();
        let location = &graph.locations[request.loc];
        let failed = |&&id: &&EventId| graph.events[id].outcome == Outcome::Spurious;
        let own = location.by_thread.get(request.thread);
        let failures = || own.map_or(0, |own| own.iter().filter(failed).count());
        request.op == Op::CasWeak
            && self.config.mutation != Some(Mutation::NoSpuriousFailure)
            && failures() < self.config.spurious_failures
    }
}

impl Graph {
    /// *Atomicity* leaves one position to the write of a read-modify-write.
    fn update_position(&self, thread: ThreadId) -> usize {
        let read = self.last_event(thread).expect("the read of the update");
        let write = self.events[read].rf.expect("a read that reads");
        self.co_index(self.events[read].loc, write) + 1
    }

    /// *Coherence* for a write and a read of it at once: above what either has seen.
    fn floor_of_place(&self, request: &Request, read: EventId) -> usize {
        let own = self.thread_clocks(request.thread).hb;
        let reader = &self.events[read];
        let before = self.po_predecessor(reader.thread, reader.index);
        let seen = before.map(|id| self.clocks[id].hb).unwrap_or_default();
        let floor = self.coherence_floor(request.loc, &own);
        floor.max(self.coherence_floor(request.loc, &seen))
    }

    /// *Atomicity*, ahead of a revisit of `read` by the write of a read-modify-write
    /// whose read is the last event of `thread`: whether another read-modify-write of
    /// what that read reads from is kept. Nothing is lost by not asking, but a graph would
    /// be built that has no place for the write.
    fn stays_taken(&self, thread: ThreadId, read: EventId, ancestors: &Clock) -> bool {
        let own = self.last_event(thread).expect("the read of the update");
        let source = self.events[own].rf.expect("a read that reads");
        let loc = self.events[own].loc;
        let newer = &self.locations[loc].co[self.co_index(loc, source) + 1..];
        let is_kept = |&&write: &&EventId| write <= read || self.within(write, ancestors);
        let next = newer.iter().find(is_kept);
        next.is_some_and(|&write| self.events[write].is_update_write())
            && self.mutation != Some(Mutation::NoAtomicity)
    }

    /// How many reads read from a write although one of their ancestors by po ∪ rf is
    /// a newer write of the location.
    pub(crate) fn stale_reads(&self) -> usize {
        (0..self.len()).filter(|&id| self.is_stale(id)).count()
    }

    fn is_stale(&self, id: EventId) -> bool {
        let event = &self.events[id];
        let (Role::Read, Some(write), false) = (event.role, event.rf, event.is_vain_try()) else {
            return false;
        };
        let newer = &self.locations[event.loc].co[self.co_index(event.loc, write) + 1..];
        newer
            .iter()
            .any(|&newer| self.within(newer, &self.clocks[id].porf))
    }
}
