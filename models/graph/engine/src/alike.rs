//! Whether threads that are said to be alike are: whoever has read the same does the same.

use crate::determinism::place_of;
use crate::event::{EventId, NOWHERE, Op, Role, ThreadId};
use crate::failure::Fault;
use crate::request::Request;
use crate::runner::{End, Phase, Runner, State};
use crate::symmetry::Parting;

/// Which of the threads that are alike a step starts, as the value of its request.
pub(crate) const NOT_ALIKE: u64 = 0;
pub(crate) const FIRST_ALIKE: u64 = 1;
pub(crate) const NEXT_ALIKE: u64 = 2;

impl Runner {
    /// Where the running thread has started the first of the threads that are alike with this one.
    pub(crate) fn first_alike(&self, request: &Request) -> usize {
        let graph = self.graph();
        match request.value {
            FIRST_ALIKE => graph.next_index(request.thread),
            NEXT_ALIKE => {
                let before = graph.last_event(request.thread);
                before.map_or(NOWHERE, |before| graph.events[before].home)
            }
            _ => NOWHERE,
        }
    }

    fn asks_who_is_alike(&self) -> bool {
        self.phase == Phase::Extend && self.graph().has_alike()
    }

    /// The running thread has taken a step: those who were where it was have taken the same.
    pub(crate) fn compare_alike(&mut self, id: EventId, request: &Request, written: u64) {
        if !self.asks_who_is_alike() {
            return;
        }
        for other in self.same_steps_of_others(id) {
            let Some(asked) = self.values.request(other).copied() else {
                continue;
            };
            let writes = self.graph().events[id].role == Role::Write && !request.opaque;
            let same = !writes || self.values.written(other) == written;
            if !(same && self.is_alike(&asked, other, request, id)) {
                let thread = self.graph().events[other].thread;
                let values = (!same).then(|| (self.values.written(other), written));
                return self.stop_as_not_alike(thread, &asked, request, values);
            }
        }
    }

    /// The steps of earlier threads that are alike and were in the same state.
    fn same_steps_of_others(&self, id: EventId) -> Vec<EventId> {
        let graph = self.graph();
        let mut found = Vec::new();
        for group in graph.groups() {
            let own = |(_, steps): &(ThreadId, Vec<EventId>)| steps.contains(&id);
            let Some(at) = group.iter().position(own) else {
                continue;
            };
            let steps = &group[at].1;
            let place = steps.iter().position(|&step| step == id).unwrap_or(0);
            let others = group[..at].iter().filter_map(|(_, others)| {
                let (common, _) = graph.parting(others, steps);
                (common >= place).then(|| others.get(place)).flatten()
            });
            found.extend(others.copied());
        }
        found
    }

    fn is_alike(&self, a: &Request, a_id: EventId, b: &Request, b_id: EventId) -> bool {
        let graph = self.graph();
        let starts = matches!(a.op, Op::Spawn | Op::Join);
        let places = (a.loc, a.home) == (b.loc, b.home) || {
            let made_by = |id: EventId, request: &Request| {
                let block = match request.op {
                    Op::Free => request.home,
                    _ => graph.locations.get(request.loc).map_or(0, |at| at.block),
                };
                graph.events[graph.blocks[block].alloc].thread == graph.events[id].thread
            };
            made_by(a_id, a) && made_by(b_id, b)
        };
        let values = a.opaque || (a.value, a.mask) == (b.value, b.mask);
        (a.op, a.mode, a.failure) == (b.op, b.mode, b.failure)
            && (starts || (a.arg == b.arg && places && values))
    }

    /// The running thread asks for a step although another that is alike has ended in this state.
    pub(crate) fn goes_on_where_another_ended(&mut self, request: &Request) -> bool {
        if !self.asks_who_is_alike() {
            return false;
        }
        let ended = self.alike_in_state_of(self.current, |steps, own| steps.len() == own.len());
        let ended = ended.filter(|&other| self.tasks[other].state == State::Finished);
        let Some(other) = ended else {
            return false;
        };
        let message = format!(
            "threads {other} and {} are not alike: in the same state the first ends and the second asks for {}{}",
            self.current,
            request.op.name(),
            place_of(request)
        );
        self.stop_as_misuse(message);
        true
    }

    /// The running thread has ended: no other that is alike has gone on from this state.
    pub(crate) fn compare_end(&mut self, thread: ThreadId) {
        if !self.asks_who_is_alike() {
            return;
        }
        let goes_on = self.alike_in_state_of(thread, |steps, own| steps.len() > own.len());
        if let Some(other) = goes_on {
            self.stop_as_misuse(format!(
                "threads {other} and {thread} are not alike: in the same state the second ends and the first goes on"
            ));
        }
    }

    /// An earlier thread that is alike, has taken the same steps, and fits.
    fn alike_in_state_of(
        &self,
        thread: ThreadId,
        fits: impl Fn(&[EventId], &[EventId]) -> bool,
    ) -> Option<ThreadId> {
        let graph = self.graph();
        for group in graph.groups() {
            let Some(at) = group.iter().position(|&(member, _)| member == thread) else {
                continue;
            };
            let own = &group[at].1;
            let same = |steps: &[EventId]| {
                graph.parting(steps, own) == (own.len(), Parting::Not) && fits(steps, own)
            };
            return group[..at]
                .iter()
                .find(|(_, steps)| same(steps))
                .map(|&(other, _)| other);
        }
        None
    }

    /// Whoever joins one of several threads that are alike joins all of them before its next step:
    /// between two joins they could be told apart.
    pub(crate) fn leaves_alike_unjoined(&mut self, request: &Request) -> bool {
        if !self.asks_who_is_alike() {
            return false;
        }
        let graph = self.graph();
        let own = graph.threads[self.current].events.iter().rev();
        let joins = own.map(|&id| &graph.events[id]);
        let joined: Vec<ThreadId> = joins
            .take_while(|event| event.op == Op::Join)
            .map(|event| event.arg)
            .collect();
        let joined_now = (request.op == Op::Join).then_some(request.arg);
        let Some(&last) = joined.first() else {
            return false;
        };
        let alike = |&thread: &ThreadId| graph.are_alike(last, thread);
        let left = (0..graph.threads.len())
            .filter(alike)
            .find(|thread| !joined.contains(thread));
        let Some(left) = left.filter(|_| !joined_now.as_ref().is_some_and(alike)) else {
            return false;
        };
        let message = format!(
            "threads {last} and {left} are alike, but only the first is joined before the {}{}",
            request.op.name(),
            place_of(request)
        );
        self.stop_as_misuse(message);
        true
    }

    fn stop_as_not_alike(
        &mut self,
        other: ThreadId,
        asked: &Request,
        request: &Request,
        values: Option<(u64, u64)>,
    ) {
        let (before, now) = match values {
            Some((before, now)) => (format!(" of {before}"), format!(" of {now}")),
            None => Default::default(),
        };
        let message = format!(
            "threads {other} and {} are not alike: in the same state the first asks for {}{before}{} and the second for {}{now}{}",
            self.current,
            asked.op.name(),
            place_of(asked),
            request.op.name(),
            place_of(request),
        );
        self.stop_as_misuse(message);
    }

    fn stop_as_misuse(&mut self, message: String) {
        let thread = self.current;
        self.stop(End::Failed(Fault::Misuse { thread, message }));
    }
}
