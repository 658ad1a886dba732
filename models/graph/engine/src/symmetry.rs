//! Symmetry: threads that are alike are explored up to renaming.
//!
//! Threads that run the same closure on the same arguments can be renamed in an execution, and
//! what comes out is an execution, too. Of all these only one is visited, after the idea of
//! Kokologiannakis, Marmanis and Vafeiadis (*SPORE: Combining Symmetry and Partial Order Reduction*,
//! PLDI 2024).
//!
//! # The representative
//!
//! Two threads that are alike take the *same* steps as long as their reads read from the same
//! writes; where they part, the older write, by coherence order, comes first. (Of two choices the
//! larger number comes first, and a spurious failure before what else the read could do: what a
//! run takes first must come last.) An execution is *sorted* if of threads that are alike the
//! earlier one comes first wherever two of them part. Sorting the threads, step by step, makes any
//! execution so. Tries in vain are no steps here, and where a thread uses a location that it
//! has made itself, it does the same as another that uses its own.
//!
//! # Only these
//!
//! TruSt goes to a graph from one that is smaller, or from one in which what a revisit deletes has
//! been added with the newest choices. Both are sorted if the graph is, provided that no thread
//! has a step that an earlier one with the same steps before it lacks: the newest choice comes
//! last. So in a revisit the steps of the earlier threads count as ancestors: step n of a thread has
//! behind it step n of every earlier one that has taken the same n - 1 steps (`ancestors`).
//! What they are is kept, and cannot be revisited. A graph that is not sorted is given up.
//!
//! # Where it fails
//!
//! These ancestors may have no circle. Step n of an earlier thread is an older read, so a circle needs
//! writes that come after what reads from newer ones, by po ∪ rf, and are older by coherence order.
//! In the model SC there is none. In the others a graph with one can be built from a sorted one by one
//! read, so it is met if there is one: then the exploration ends as inconclusive, and says that
//! symmetry is of no use (`parts_in_a_circle`).
//!
//! Threads that start or join others may part there, and are not sorted any further: more than
//! one renaming of an execution is counted then.

use crate::clock::Clock;
use crate::config::Mutation;
use crate::event::{Event, EventId, NOWHERE, Op, Outcome, Role, ThreadId};
use crate::graph::Graph;
use crate::search::Search;

/// How two threads that are alike part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Parting {
    /// They have not: one of them has no further step.
    Not,
    /// The first one took the step that comes first.
    Sorted,
    /// The second one took the step that comes first.
    Unsorted,
    /// Their steps have no order.
    Apart,
}

/// A thread and its steps.
pub(crate) type Member = (ThreadId, Vec<EventId>);

/// Threads that are alike.
pub(crate) type Group = Vec<Member>;

impl Graph {
    /// Whether any threads are alike.
    pub(crate) fn has_alike(&self) -> bool {
        self.threads.iter().any(|thread| thread.alike != NOWHERE)
    }

    /// Whether the two are alike.
    pub(crate) fn are_alike(&self, a: ThreadId, b: ThreadId) -> bool {
        let (a, b) = (&self.threads[a], &self.threads[b]);
        a.alike != NOWHERE && a.alike == b.alike && parent(&a.path) == parent(&b.path)
    }

    /// The threads that are alike, by the order in which they were started.
    pub(crate) fn groups(&self) -> Vec<Group> {
        let mut groups: Vec<Group> = Vec::new();
        for &thread in &self.order {
            if self.threads[thread].alike == NOWHERE {
                continue;
            }
            let own = |group: &&mut Group| self.are_alike(group[0].0, thread);
            let member = (thread, self.steps_of(thread));
            match groups.iter_mut().find(own) {
                Some(group) => group.push(member),
                None => groups.push(vec![member]),
            }
        }
        groups
    }

    fn steps_of(&self, thread: ThreadId) -> Vec<EventId> {
        let events = self.threads[thread].events.iter().copied();
        events
            .filter(|&id| !self.events[id].is_vain_try())
            .collect()
    }

    /// How many steps the two have in common, and how they part.
    pub(crate) fn parting(&self, a: &[EventId], b: &[EventId]) -> (usize, Parting) {
        for (step, (&own, &other)) in a.iter().zip(b).enumerate() {
            if let Some(parting) = self.parts(own, other) {
                return (step, parting);
            }
        }
        (a.len().min(b.len()), Parting::Not)
    }

    /// How two threads part at these steps. None: the steps are the same.
    fn parts(&self, a: EventId, b: EventId) -> Option<Parting> {
        let (own, other) = (&self.events[a], &self.events[b]);
        if (own.op, own.role) != (other.op, other.role) {
            return Some(Parting::Apart);
        }
        match own.role {
            Role::Read => self.reads_part(own, other),
            Role::Write if own.loc == other.loc => {
                let places = (self.places[a], self.places[b]);
                Some(Parting::by(places.0 < places.1))
            }
            Role::Write => (!self.are_counterparts(own, other)).then_some(Parting::Apart),
            Role::Other => match own.op {
                Op::Spawn | Op::Join => Some(Parting::Apart),
                Op::Choice if own.arg != other.arg => Some(Parting::by(own.arg > other.arg)),
                _ => None,
            },
        }
    }

    fn reads_part(&self, own: &Event, other: &Event) -> Option<Parting> {
        let (Some(a), Some(b)) = (own.rf, other.rf) else {
            return Some(Parting::Apart);
        };
        if own.loc != other.loc {
            let is_own = |event: &Event, write: EventId| self.events[write].thread == event.thread;
            let same = self.are_counterparts(own, other) && is_own(own, a) && is_own(other, b);
            return (!same).then_some(Parting::Apart);
        }
        let (fails, other_fails) = (
            own.outcome == Outcome::Spurious,
            other.outcome == Outcome::Spurious,
        );
        match a == b {
            true if fails == other_fails => None,
            true => Some(Parting::by(fails)),
            false => Some(Parting::by(self.places[a] < self.places[b])),
        }
    }

    /// Whether the two are on the same location of what each thread has made for itself.
    fn are_counterparts(&self, a: &Event, b: &Event) -> bool {
        let place = |event: &Event| {
            let block = &self.blocks[self.locations[event.loc].block];
            let made = &self.events[block.alloc];
            (made.thread == event.thread).then_some((made.index, event.loc - block.first))
        };
        place(a).is_some() && place(a) == place(b)
    }

    /// The ancestors by po ∪ rf of a write that the thread takes next, and for each step those of
    /// the threads that are alike and come before.
    pub(crate) fn ancestors(&self, thread: ThreadId) -> Clock {
        let mut ancestors = self.thread_clocks(thread).porf;
        if self.has_alike() && self.mutation != Some(Mutation::NoAlikeAncestors) {
            self.include_alike(&self.groups(), Some(thread), &mut ancestors);
        }
        ancestors
    }

    /// Adds what threads that are alike have behind them by their order, until nothing is
    /// missing. `next` takes a step that is not in the graph yet.
    fn include_alike(&self, groups: &[Group], next: Option<ThreadId>, clock: &mut Clock) {
        let mut before = None;
        while before != Some(*clock) {
            before = Some(*clock);
            for group in groups {
                for (at, (thread, steps)) in group.iter().enumerate() {
                    let known = steps.partition_point(|&id| self.within(id, clock));
                    let known = known + usize::from(next == Some(*thread));
                    for (_, earlier) in &group[..at] {
                        self.include_earlier(earlier, steps, known, clock);
                    }
                }
            }
        }
    }

    /// Adds what the first `known` steps of a thread have behind them in an earlier one.
    fn include_earlier(
        &self,
        earlier: &[EventId],
        steps: &[EventId],
        known: usize,
        clock: &mut Clock,
    ) {
        let (common, parting) = self.parting(earlier, steps);
        let ordered = common + usize::from(parting != Parting::Apart);
        let last = known.min(ordered).min(earlier.len()).checked_sub(1);
        let Some(last) = last.map(|last| earlier[last]) else {
            return;
        };
        // A read-modify-write is one step.
        let write = self.po_successor(last);
        let whole = write.filter(|_| self.events[last].is_exclusive_read());
        clock.join(&self.clocks[whole.unwrap_or(last)].porf);
    }

    /// Whether of threads that are alike the earlier ones come first, and none lacks a step
    /// that a later one has taken from the same state.
    pub(crate) fn is_sorted(&self) -> bool {
        if !self.has_alike() || self.mutation == Some(Mutation::AnyNames) {
            return true;
        }
        self.groups().iter().all(|group| {
            let later = |at: usize| group[at + 1..].iter();
            let comes_first = |(at, first)| later(at).all(|second| self.are_sorted(first, second));
            group.iter().enumerate().all(comes_first)
        })
    }

    fn are_sorted(&self, first: &Member, second: &Member) -> bool {
        let (common, parting) = self.parting(&first.1, &second.1);
        match parting {
            Parting::Not => {
                let further = &second.1[common..];
                further.is_empty() || self.will_wait_like(first.0, further)
            }
            Parting::Unsorted => false,
            Parting::Sorted | Parting::Apart => true,
        }
    }

    /// Whether a thread has only read what makes the one before it, a loop, wait: so will this one.
    fn will_wait_like(&self, thread: ThreadId, further: &[EventId]) -> bool {
        let (Some(turn), &[read]) = (self.vain_turn(thread), further) else {
            return false;
        };
        let (event, before) = (&self.events[read], &self.events[turn]);
        let newest = event
            .rf
            .is_some_and(|write| self.is_newest(event.loc, write));
        event.same_location(before) && newest && !self.has_newer_writes(turn)
    }

    /// Two threads of which the first has read what is newer, and the second, in what it
    /// reads, depends on the first: no order of the two fits.
    pub(crate) fn parts_in_a_circle(&self) -> Option<(ThreadId, ThreadId)> {
        let groups = self.groups();
        for group in &groups {
            for (at, (second, steps)) in group.iter().enumerate() {
                for (first, earlier) in &group[..at] {
                    let (step, parting) = self.parting(earlier, steps);
                    if parting == Parting::Unsorted
                        && self.depends(&groups, steps[step], earlier[step])
                    {
                        return Some((*first, *second));
                    }
                }
            }
        }
        None
    }

    /// Whether a read depends, in what it reads, on a step of a thread that is alike.
    fn depends(&self, groups: &[Group], read: EventId, on: EventId) -> bool {
        let Some(write) = self.events[read].rf else {
            return false;
        };
        let mut clock = self.clocks[write].porf;
        self.include_alike(groups, None, &mut clock);
        self.within(on, &clock)
    }
}

impl Search {
    /// Whether a renaming of the graph is visited instead.
    pub(crate) fn is_another_name(&mut self) -> bool {
        if self.graph().is_sorted() {
            return false;
        }
        self.circle = self.graph().parts_in_a_circle();
        self.circle.is_none()
    }
}

impl Parting {
    fn by(first_is_first: bool) -> Parting {
        match first_is_first {
            true => Parting::Sorted,
            false => Parting::Unsorted,
        }
    }
}

fn parent(path: &[u16]) -> &[u16] {
    &path[..path.len() - 1]
}
