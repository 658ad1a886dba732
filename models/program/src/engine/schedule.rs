//! Who can go on, and who does.

use interleavings::{Access, Choice, Effect, Operation};

use crate::place;

use super::live::Status;
use super::shadow::Site;
use super::{Engine, PATIENCE, Step, Stop, TIME_OUTS, unobserved};

impl Engine {
    /// What each thread would do.
    fn look(&mut self) {
        self.next.clear();
        let mut polite = true;
        for _ in 0..2 {
            self.next.clear();
            for thread in 0..self.live.threads.len() {
                let next = self.next_of(thread, polite);
                self.next.push(next);
            }
            let able = |next: &Option<Operation>| next.as_ref().is_some_and(|next| !next.waits);
            if self.next.iter().any(able) {
                return;
            }
            // Nobody can go on but those who would rather not.
            polite = false;
        }
    }

    fn next_of(&mut self, thread: usize, polite: bool) -> Option<Operation> {
        let changes = self.live.changes;
        let state = &self.live.threads[thread];
        if state.status == Status::Done {
            return None;
        }
        // SAFETY: the closure lies on the stack of a thread that waits in the call to which it was given.
        let is_closed = state
            .closed
            .is_some_and(|closed| unobserved(|| unsafe { (*closed)() }));
        let sleeps = state.status == Status::Parked && state.token.is_none();
        let joins = state
            .joins
            .is_some_and(|other| self.live.threads[other].status != Status::Done);
        let stuck = is_closed || sleeps || joins || self.is_shut_out(thread);
        let tired = stuck && state.timed && state.outs >= TIME_OUTS;
        let repeats = state.repeats;
        let spins = repeats.times >= PATIENCE && repeats.changes == changes;
        let unwilling = polite && (tired || spins);
        let mut operation = self.operation(thread);
        operation.waits = stuck && !state.timed || unwilling;
        self.is_bounded |= unwilling;
        Some(operation)
    }

    /// Whether a thread is about to take the lock of a container in the middle of whose operation another one stands.
    fn is_shut_out(&self, thread: usize) -> bool {
        let state = &self.live.threads[thread];
        let uses = |object| {
            let mut accesses = state.operation.accesses();
            let takes = |access: &Access| access.effect != Effect::Glance;
            accesses.any(|access| access.place.object == object && takes(access))
        };
        let mut others = self.live.threads.iter().enumerate();
        others.any(|(other, state)| other != thread && state.inside.is_some_and(uses))
    }

    /// The running thread touches an atomic or a cell.
    pub(super) fn touches(
        &mut self,
        address: usize,
        (effect, is_plain): (Effect, bool),
        site: Site,
    ) {
        if self.start.is_none() {
            return;
        }
        if self.shadow.is_point(site) {
            self.access(Access::new(place::word(address), effect));
        }
        let me = self.live.current;
        if self.is_watched && self.live.threads[me].alone == 0 {
            self.shadow.touches(me, address, (effect, is_plain), site);
        }
    }

    /// What a thread would do now.
    fn operation(&self, thread: usize) -> Operation {
        let state = &self.live.threads[thread];
        let mut operation = state.operation.clone();
        if let Some((is_new, access)) = state.adds {
            // SAFETY: as in `next_of`.
            if unobserved(|| unsafe { (*is_new)() }) {
                operation.add(access);
            }
        }
        operation
    }

    /// Lets the director choose.
    pub(super) fn choose(&mut self) {
        self.live.choices += 1;
        if self.live.choices > self.limit {
            self.stop = Some(self.live.ended.map_or(Stop::TooLong, Stop::Ended));
            return;
        }
        self.look();
        if self.start.is_none() {
            return self.choose_first();
        }
        match self.director.choose(&self.next) {
            Choice::Run(thread) => self.go_on(thread),
            Choice::Redundant => self.stop = Some(Stop::Redundant),
            Choice::Ended => self.stop = Some(self.live.ended.map_or(Stop::Deadlock, Stop::Ended)),
        }
    }

    /// Before there is a choice the first thread that can goes on.
    fn choose_first(&mut self) {
        let able = |next: &Option<Operation>| next.as_ref().is_some_and(|next| !next.waits);
        match self.next.iter().position(able) {
            Some(thread) => self.go_on(thread),
            None => self.stop = Some(self.live.ended.map_or(Stop::Deadlock, Stop::Ended)),
        }
    }

    fn go_on(&mut self, next: usize) {
        self.live.current = next;
        let operation = self.operation(next);
        let thread = &mut self.live.threads[next];
        // SAFETY: as in `next_of`.
        let is_closed = thread
            .closed
            .is_some_and(|closed| unobserved(|| unsafe { (*closed)() }));
        let sleeps = thread.status == Status::Parked && thread.token.is_none();
        let timed_out = is_closed || sleeps;
        thread.outs += u32::from(timed_out);
        let changes = operation
            .accesses()
            .any(|access| !access.effect.is_reading());
        self.live.changes += u64::from(changes);
        if self.is_watched {
            self.shadow.goes_on(next, &operation);
        }
        if let Some(trace) = &mut self.trace {
            trace.push(Step {
                thread: next,
                instruction: thread.instruction,
                accesses: operation.accesses().copied().collect(),
                timed_out,
                is_shared: thread.is_shared,
                operations: 1,
            });
        }
    }
}
