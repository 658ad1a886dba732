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
    ///
    /// Without `last` it is, and nothing happens after `last`. So what is new leads from
    /// `last`, or from a fence before it, by eco to something younger. If a cycle has
    /// several such steps, one of them alone closes it.
    pub(crate) fn psc_is_acyclic(&self, last: EventId) -> bool {
        if self.sc.len() < 2 || self.mutation == Some(Mutation::NoPsc) {
            return true;
        }
        let from_fence = |id: EventId| self.is_fence(id) && self.hb(id, last);
        let from_last = |id: EventId| id == last;
        !self.has_way(|id| self.comes_after(last, id, true), from_fence)
            && !self.has_way(|id| self.comes_after(last, id, false), from_last)
    }

    /// Whether psc leads from one of the first events to one of the second.
    fn has_way(&self, first: impl Fn(EventId) -> bool, second: impl Fn(EventId) -> bool) -> bool {
        if !self.sc.iter().any(|&id| second(id)) {
            return false;
        }
        let (mut reached, mut stack) = (self.marks.take(), self.spare.take());
        stack.clear();
        stack.extend(self.sc.iter().filter(|&&id| first(id)));
        reached.clear();
        reached.resize(self.len(), false);
        stack.iter().for_each(|&id| reached[id] = true);
        let mut found = false;
        while let Some(id) = stack.pop().filter(|_| !found) {
            found = second(id);
            self.psc_successors(id, &mut |next| {
                if !std::mem::replace(&mut reached[next], true) {
                    stack.push(next);
                }
            });
        }
        self.marks.set(reached);
        self.spare.set(stack);
        found
    }

    /// Whether psc leads to `id` by way of a step of eco from `last`, if it comes to `last`
    /// from a fence, or from `last` itself: eco may then end in a write only.
    fn comes_after(&self, last: EventId, id: EventId, from_fence: bool) -> bool {
        let (loc, rank) = (self.events[last].loc, self.eco_rank(last));
        let younger = |end: EventId| {
            let ends = from_fence || self.events[end].role == Role::Write;
            ends && self.eco_rank(end) > rank
        };
        if self.is_fence(id) {
            let mut ends = self.accesses(loc).filter(|&end| self.hb(end, id));
            return ends.any(younger);
        }
        let event = &self.events[id];
        event.loc == loc && event.role == Role::Write && younger(id)
    }

    fn psc_successors(&self, a: EventId, visit: &mut impl FnMut(EventId)) {
        if self.is_fence(a) {
            self.fences_after(a, visit);
        }
        let others = self.sc.iter().copied();
        let others = others.filter(|&b| !(self.is_fence(a) && self.is_fence(b)));
        others.filter(|&b| self.psc(a, b)).for_each(visit);
    }

    /// [F sc] ; (hb ∪ hb ; eco ; hb) ; [F sc], from one fence.
    fn fences_after(&self, a: EventId, visit: &mut impl FnMut(EventId)) {
        let fences = self.sc.iter().copied().filter(|&b| self.is_fence(b));
        fences
            .clone()
            .filter(|&b| self.hb(a, b))
            .for_each(&mut *visit);
        for loc in 0..self.locations.len() {
            let after = self.accesses(loc).filter(|&end| self.hb(a, end));
            let Some(oldest) = after.map(|end| self.eco_rank(end)).min() else {
                continue;
            };
            let younger = self
                .accesses(loc)
                .filter(|&end| self.eco_rank(end) > oldest);
            for end in younger {
                fences
                    .clone()
                    .filter(|&b| self.hb(end, b))
                    .for_each(&mut *visit);
            }
        }
    }

    /// A sequentially consistent fence.
    fn is_fence(&self, id: EventId) -> bool {
        self.events[id].op == Op::Fence && self.mutation != Some(Mutation::NoPscFences)
    }

    /// A step of psc of which one end at least is an access.
    fn psc(&self, a: EventId, b: EventId) -> bool {
        match (self.is_fence(a), self.is_fence(b)) {
            (true, _) => self.and_after(a).any(|start| self.scb(start, b)),
            (_, true) => self.and_before(b).any(|end| self.scb(a, end)),
            _ => self.scb(a, b),
        }
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
