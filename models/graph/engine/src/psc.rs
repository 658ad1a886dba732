//! The SC axiom of RC11: psc is acyclic.
//!
//! ```text
//! scb      = po ∪ (po|≠loc ; hb ; po|≠loc) ∪ hb|loc ∪ co ∪ fr
//! psc_base = ([E sc] ∪ [F sc] ; hb?) ; scb ; ([E sc] ∪ hb? ; [F sc])
//! psc_F    = [F sc] ; (hb ∪ hb ; eco ; hb) ; [F sc]
//! psc      = psc_base ∪ psc_F
//! ```
//!
//! Within one location eco is a comparison of numbers: give the i-th write of coherence
//! order 2i and its readers 2i + 1; then `a eco b` exactly if a's number is smaller.
//! Between two fences psc_F contains psc_base, so hb and that comparison decide.

use crate::config::Mutation;
use crate::event::{EventId, LocId, Op, Role};
use crate::graph::Graph;

impl Graph {
    /// *SC*: psc is acyclic, after `last` was added or changed. Only sequentially
    /// consistent events lie on it.
    pub(crate) fn psc_is_acyclic(&self, last: EventId) -> bool {
        if self.is_last_word(last)
            || !self.may_extend_psc(last)
            || self.mutation == Some(Mutation::NoPsc)
        {
            return true;
        }
        let len = self.sc.len();
        let (mut edges, mut rest) = (self.marks.take(), self.spare.take());
        let pairs = self
            .sc
            .iter()
            .flat_map(|&a| self.sc.iter().map(move |&b| (a, b)));
        edges.clear();
        edges.extend(pairs.map(|(a, b)| self.psc(a, b)));
        rest.clear();
        rest.extend(0..len);
        let first = |rest: &[usize]| {
            rest.iter()
                .position(|&b| !rest.iter().any(|&a| edges[a * len + b]))
        };
        while let Some(first) = first(&rest) {
            rest.swap_remove(first);
        }
        let acyclic = rest.is_empty();
        self.marks.set(edges);
        self.spare.set(rest);
        acyclic
    }

    /// Whether `last` has no write after it in coherence order. Since nothing happens after
    /// it either, no step of psc leads on from it or from anything through it, so it is on
    /// no cycle. (A read that reads from `last` comes after it by eco, but nothing happens
    /// after that read: it has just been revisited.)
    fn is_last_word(&self, last: EventId) -> bool {
        let event = &self.events[last];
        match (event.role, event.rf) {
            (Role::Read, Some(write)) => self.is_newest(event.loc, write),
            (Role::Write, _) => self.is_newest(event.loc, last),
            _ => true,
        }
    }

    /// Nothing happens after `last`, so it can only begin a step of psc: by being
    /// sequentially consistent, or by coming after a fence that is.
    fn may_extend_psc(&self, last: EventId) -> bool {
        self.sc.len() > 1 && self.sc.iter().any(|&id| id == last || self.hb(id, last))
    }

    fn psc(&self, a: EventId, b: EventId) -> bool {
        let fence = |id: EventId| self.events[id].op == Op::Fence;
        if self.mutation == Some(Mutation::NoPscFences) && (fence(a) || fence(b)) {
            return false;
        }
        match (fence(a), fence(b)) {
            (true, true) => self.psc_between_fences(a, b),
            (true, false) => self.and_after(a).any(|start| self.scb(start, b)),
            (false, true) => self.and_before(b).any(|end| self.scb(a, end)),
            (false, false) => self.scb(a, b),
        }
    }

    /// hb ∪ hb ; eco ; hb
    fn psc_between_fences(&self, a: EventId, b: EventId) -> bool {
        self.hb(a, b) || (0..self.locations.len()).any(|loc| self.hb_eco_hb(a, loc, b))
    }

    /// hb ; eco ; hb over one location: the eco-least access after `a` against the
    /// eco-greatest before `b`.
    fn hb_eco_hb(&self, a: EventId, loc: LocId, b: EventId) -> bool {
        if self.locations[loc].co.len() == 1 {
            // Its creation happens before all reads of it, so hb has every such step.
            return false;
        }
        let oldest = self
            .accesses(loc)
            .filter(|&e| self.hb(a, e))
            .map(|e| self.eco_rank(e))
            .min();
        let newest = self
            .accesses(loc)
            .filter(|&e| self.hb(e, b))
            .map(|e| self.eco_rank(e))
            .max();
        oldest
            .zip(newest)
            .is_some_and(|(oldest, newest)| oldest < newest)
    }

    /// po ∪ (po|≠loc ; hb ; po|≠loc) ∪ hb|loc ∪ co ∪ fr
    fn scb(&self, a: EventId, b: EventId) -> bool {
        self.po(a, b) || self.detour(a, b) || self.scb_by_location(a, b)
    }

    fn po(&self, a: EventId, b: EventId) -> bool {
        let (a, b) = (&self.events[a], &self.events[b]);
        a.thread == b.thread && a.index < b.index
    }

    /// hb|loc ∪ co ∪ fr
    fn scb_by_location(&self, a: EventId, b: EventId) -> bool {
        let vain = self.events[a].is_vain_try() || self.events[b].is_vain_try();
        if !self.events[a].same_location(&self.events[b]) || a == b || vain {
            return false;
        }
        let by_order = self.events[b].role == Role::Write && self.eco_rank(a) < self.eco_rank(b);
        by_order || self.hb(a, b)
    }

    /// po|≠loc ; hb ; po|≠loc: the first event after `a` at another location reaches
    /// most, the last one before `b` is reached from most.
    fn detour(&self, a: EventId, b: EventId) -> bool {
        let (at_a, at_b) = (&self.events[a], &self.events[b]);
        let after = self.threads[at_a.thread].events[at_a.index + 1..].iter();
        let before = self.threads[at_b.thread].events[..at_b.index].iter().rev();
        let first = after
            .copied()
            .find(|&x| !self.events[x].same_location(at_a));
        let last = before
            .copied()
            .find(|&y| !self.events[y].same_location(at_b));
        first.zip(last).is_some_and(|(x, y)| self.hb(x, y))
    }

    /// The event and everything that it happens before.
    fn and_after(&self, id: EventId) -> impl Iterator<Item = EventId> {
        (0..self.len()).filter(move |&other| other == id || self.hb(id, other))
    }

    /// The event and everything that happens before it.
    fn and_before(&self, id: EventId) -> impl Iterator<Item = EventId> {
        (0..self.len()).filter(move |&other| other == id || self.hb(other, id))
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
            (Role::Write, _) => 2 * self.co_index(event.loc, id),
            _ => 0,
        }
    }
}
