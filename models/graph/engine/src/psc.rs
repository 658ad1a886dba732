//! The SC axiom of RC11 and of C++20: psc is acyclic.
//!
//! ```text
//! scb      = po ∪ far ∪ hb|loc ∪ co ∪ fr
//! psc_base = ([E sc] ∪ [F sc] ; hb?) ; scb ; ([E sc] ∪ hb? ; [F sc])
//! psc_F    = [F sc] ; (hb ∪ hb ; eco ; hb) ; [F sc]
//! psc      = psc_base ∪ psc_F
//! far      = po|≠loc ; hb ; po|≠loc          in RC11
//!          = po|≠op ; hb ; po|≠op            in C++20
//! ```
//!
//! In C++20 po ; hb ; po *strongly happens before* ([intro.races]), and only the two halves of
//! a read-modify-write are one operation. The rest is RC11's in both. By its letter, C++20
//! also orders two SC accesses if the second reads a weaker write that is newer than what the
//! first has seen (all of eco where scb has co ∪ fr). No machine does: on x86 an SC load may
//! take the value of its own thread's weaker store before any other thread can see it
//! (litmus test `SB+rfis`). So that part is left out, and nothing that happens is missed.
//!
//! # The search
//!
//! What psc leads to is closed upwards: it has, of each thread, all SC events from some
//! place on, and, of each location, all accesses above some rank, where the i-th write of
//! coherence order has rank 2i and its readers have 2i + 1 (so `a eco b` exactly if a's rank
//! is smaller). So a search needs one number for each, and looks at nothing twice.

use std::ops::Range;

use crate::clock::{Clock, MAX_THREADS};
use crate::config::{Model, Mutation};
use crate::event::{EventId, LocId, Op, Role, ThreadId};
use crate::graph::Graph;
use crate::reached::{Front, Reached, Step};

/// For each thread, how many of its first events end with one to be reached.
type Goals = [usize; MAX_THREADS];

impl Graph {
    /// *SC*: psc is acyclic, after `last` was added or changed.
    ///
    /// Without `last` it is, and nothing happens after `last`. So what is new leads from
    /// `last`, or from a fence before it, by eco to something younger. If a cycle has
    /// several such steps, one of them alone closes it.
    pub(crate) fn psc_is_acyclic(&self, last: EventId) -> bool {
        if self.sc.len() < 2 || self.mutation == Some(Mutation::NoPsc) {
            return true;
        }
        let event = &self.events[last];
        let mut own = [0; MAX_THREADS];
        if self.counts_for_psc(event) {
            own[event.thread] = event.index + 1;
        }
        !self.has_way(last, Step::FromFence, &self.fences_before(last))
            && !self.has_way(last, Step::FromAccess, &own)
    }

    fn fences_before(&self, last: EventId) -> Goals {
        let mut goals = [0; MAX_THREADS];
        for (goal, thread) in goals.iter_mut().zip(0..self.threads.len()) {
            let fences = self.fences_of(thread);
            let before = fences.partition_point(|&fence| self.hb(fence, last));
            if let Some(&fence) = fences[..before].last() {
                *goal = self.events[fence].index + 1;
            }
        }
        goals
    }

    /// Whether psc leads from what is younger than `last` to a goal.
    fn has_way(&self, last: EventId, step: Step, goals: &Goals) -> bool {
        if *goals == [0; MAX_THREADS] {
            return false;
        }
        let mut reached = self.reached.take();
        reached.begin(self.locations.len());
        reached.reach_above(step, self.events[last].loc, self.eco_rank(last));
        let mut found = false;
        while let Some(front) = reached.fronts.pop().filter(|_| !found) {
            self.go_on(&mut reached, front);
            let hit = |thread: usize| reached.ordered[thread] < goals[thread];
            found = (0..self.threads.len()).any(hit);
        }
        reached.end();
        self.reached.set(reached);
        found
    }

    fn go_on(&self, reached: &mut Reached, front: Front) {
        match front {
            Front::Ordered(thread, range) => {
                let own = &self.threads[thread];
                let accesses = self.range_of(&own.sc, &range);
                self.go_on_from_fences(reached, self.range_of(self.fences_of(thread), &range));
                self.go_on_from_accesses(reached, accesses);
            }
            Front::AfterFence(thread, range) => {
                for &id in &self.threads[thread].events[range] {
                    self.reach_younger(reached, Step::FromFence, id);
                }
            }
            Front::Above(step, loc, rank, end) => self.go_on_above(reached, step, loc, rank, end),
        }
    }

    /// Of an ascending list of a thread's events, those at the given positions.
    fn range_of<'a>(&self, list: &'a [EventId], range: &Range<usize>) -> &'a [EventId] {
        let place = |index: usize| list.partition_point(|&id| self.events[id].index < index);
        &list[place(range.start)..place(range.end)]
    }

    /// From SC fences of one thread. What follows from the first follows from all.
    fn go_on_from_fences(&self, reached: &mut Reached, fences: &[EventId]) {
        let Some(&fence) = fences.first() else { return };
        for (thread, other) in self.threads.iter().enumerate() {
            let before = |&id: &EventId| match self.is_fence(id) {
                true => !self.hb(fence, id),
                false => !self.is_before(fence, self.before(id)),
            };
            let place = other.sc.partition_point(before);
            let last_before = other.sc[..place].last();
            let received = last_before.filter(|&&id| self.is_handed_on(fence, id));
            if let Some(&id) = received.or(other.sc.get(place)) {
                reached.reach_ordered(thread, self.events[id].index);
            }
            let after = other.events.partition_point(|&id| !self.hb(fence, id));
            reached.reach_after_fence(thread, after..other.events.len());
        }
    }

    /// `[F sc] ; hb ; hb|loc`, to an event that happens after the fence by what it reads.
    fn is_handed_on(&self, fence: EventId, id: EventId) -> bool {
        let loc = self.events[id].loc;
        let between = |access: EventId| self.hb(fence, access) && self.hb(access, id);
        !self.is_fence(id) && self.hb(fence, id) && self.accesses(loc).any(between)
    }

    /// From SC accesses of one thread. What is far from the first is far from all.
    fn go_on_from_accesses(&self, reached: &mut Reached, sc: &[EventId]) {
        let mut accesses = sc.iter().copied().filter(|&id| !self.is_fence(id));
        let Some(first) = accesses.next() else { return };
        self.reach_far(reached, first);
        for id in [first].into_iter().chain(accesses) {
            self.reach_younger(reached, Step::FromAccess, id);
            self.reach_after_at_location(reached, id);
        }
    }

    /// far, and `po ; hb ; [F sc]`, from one access to the other threads.
    fn reach_far(&self, reached: &mut Reached, from: EventId) {
        let (thread, index) = (self.events[from].thread, self.events[from].index);
        let start = self.far_start(from);
        let far = |known: Option<&Clock>| known.is_some_and(|hb| hb.contains(thread, start));
        for (other, events) in self.threads.iter().enumerate() {
            let before = |&id: &EventId| !far(self.known_far(id));
            let id = events.sc.get(events.sc.partition_point(before));
            if let Some(&id) = id.filter(|_| self.mutation != Some(Mutation::NoStrongOrder)) {
                reached.reach_ordered(other, self.events[id].index);
            }
            self.reach_fence(reached, other, |hb| hb.contains(thread, index + 1));
        }
    }

    /// The thread's first fence that has received enough.
    fn reach_fence(
        &self,
        reached: &mut Reached,
        thread: ThreadId,
        enough: impl Fn(&Clock) -> bool,
    ) {
        let fences = self.fences_of(thread);
        let first = fences.partition_point(|&fence| !enough(&self.clocks[fence].hb));
        if let Some(&fence) = fences.get(first) {
            reached.reach_ordered(thread, self.events[fence].index);
        }
    }

    /// The first place of the thread that far may leave the access by. It may be the end.
    fn far_start(&self, from: EventId) -> usize {
        let start = &self.events[from];
        let next = start.index + 1;
        match self.model {
            Model::Cpp20 => next + usize::from(self.is_whole(start.is_exclusive_read())),
            _ => {
                let later =
                    &self.threads[start.thread].events[next.min(self.next_index(start.thread))..];
                let elsewhere = |&id: &EventId| self.is_elsewhere(id, from);
                next + later.iter().position(elsewhere).unwrap_or(later.len())
            }
        }
    }

    /// What the last event has received by which far may come to the access. A fence is
    /// reached by another way.
    fn known_far(&self, to: EventId) -> Option<&Clock> {
        let end = &self.events[to];
        let mut last = self.before(to);
        match self.model {
            Model::Cpp20 if self.is_whole(end.is_update_write()) => {
                last = self.po_predecessor(end.thread, end.index - 1);
            }
            Model::Cpp20 => {}
            _ => {
                while let Some(id) = last.filter(|&id| !self.is_elsewhere(id, to)) {
                    last = self.before(id);
                }
            }
        }
        last.map(|id| &self.clocks[id].hb)
    }

    /// Whether the event is one of the memory model's, and no access of the other one's location.
    fn is_elsewhere(&self, id: EventId, access: EventId) -> bool {
        let event = &self.events[id];
        let is_none = matches!(event.op, Op::Choice | Op::Spin | Op::Stuck);
        !is_none && !event.same_location(&self.events[access])
    }

    /// Whether something that is half of an operation counts as such.
    fn is_whole(&self, is_half: bool) -> bool {
        is_half && self.mutation != Some(Mutation::SplitUpdates)
    }

    fn before(&self, id: EventId) -> Option<EventId> {
        self.po_predecessor(self.events[id].thread, self.events[id].index)
    }

    fn is_before(&self, fence: EventId, last: Option<EventId>) -> bool {
        last.is_some_and(|last| self.within(fence, &self.clocks[last].hb))
    }

    /// hb|loc ; hb?, from one access.
    fn reach_after_at_location(&self, reached: &mut Reached, from: EventId) {
        let start = &self.events[from];
        let others = self.locations[start.loc].by_thread.iter().enumerate();
        for (thread, accesses) in others.filter(|&(thread, _)| thread != start.thread) {
            let after = accesses.partition_point(|&id| !self.hb(from, id));
            let tries = accesses[after..].iter().copied();
            let mut later = tries.filter(|&id| !self.events[id].is_vain_try());
            let news = |id: &EventId| self.events[*id].index < reached.ordered[thread];
            let mut sc = later.clone().take_while(news);
            if let Some(id) = sc.find(|&id| self.counts_for_psc(&self.events[id])) {
                reached.reach_ordered(thread, self.events[id].index);
            }
            let Some(end) = later.next().filter(|_| self.has_fences()) else {
                continue;
            };
            for thread in 0..self.threads.len() {
                self.reach_fence(reached, thread, |hb| self.within(end, hb));
            }
        }
    }

    fn has_fences(&self) -> bool {
        (0..self.threads.len()).any(|thread| !self.fences_of(thread).is_empty())
    }

    /// The accesses that the event is before by eco.
    fn reach_younger(&self, reached: &mut Reached, step: Step, id: EventId) {
        let event = &self.events[id];
        let reads = event.rf.is_some() && !event.is_vain_try();
        if event.role == Role::Write || reads {
            reached.reach_above(step, event.loc, self.eco_rank(id));
        }
    }

    /// From accesses of one location to the SC writes among them, and to fences after them.
    fn go_on_above(&self, reached: &mut Reached, step: Step, loc: LocId, rank: usize, end: usize) {
        let co = &self.locations[loc].co;
        let last = co.len().min(end / 2 + 1);
        for (at, &write) in co.iter().enumerate().take(last).skip(rank / 2) {
            if 2 * at > rank {
                self.reach_by_write(reached, write);
            }
            let readers = (rank + 1..=end).contains(&(2 * at + 1));
            if readers && matches!(step, Step::FromFence) && self.has_fences() {
                let readers = self.readers(loc, write);
                readers.for_each(|read| self.reach_fences_after(reached, read));
            }
        }
    }

    fn reach_by_write(&self, reached: &mut Reached, write: EventId) {
        let event = &self.events[write];
        if self.counts_for_psc(event) {
            reached.reach_ordered(event.thread, event.index);
        }
        self.reach_fences_after(reached, write);
    }

    fn reach_fences_after(&self, reached: &mut Reached, access: EventId) {
        if self.events[access].is_vain_try() {
            return;
        }
        for thread in 0..self.threads.len() {
            self.reach_fence(reached, thread, |hb| self.within(access, hb));
        }
    }

    fn fences_of(&self, thread: ThreadId) -> &[EventId] {
        match self.mutation {
            Some(Mutation::NoPscFences) => &[],
            _ => &self.threads[thread].fences,
        }
    }

    /// A sequentially consistent fence.
    fn is_fence(&self, id: EventId) -> bool {
        self.events[id].op == Op::Fence && self.mutation != Some(Mutation::NoPscFences)
    }

    fn accesses(&self, loc: LocId) -> impl Iterator<Item = EventId> {
        let location = &self.locations[loc];
        let reads = location.reads.iter().copied();
        location
            .co
            .iter()
            .copied()
            .chain(reads.filter(|&r| self.events[r].rf.is_some() && !self.events[r].is_vain_try()))
    }

    /// The number that decides eco within one location.
    fn eco_rank(&self, id: EventId) -> usize {
        let event = &self.events[id];
        match (event.role, event.rf) {
            (Role::Read, Some(write)) => 2 * self.co_index(event.loc, write) + 1,
            _ => 2 * self.co_index(event.loc, id),
        }
    }
}
