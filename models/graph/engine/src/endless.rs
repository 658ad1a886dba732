//! Loops without an end: what a thread was doing when its execution became too long.

use crate::event::{EventId, Role};
use crate::runner::Runner;

/// Turns of a loop with more events are not looked for.
const LONGEST_TURN: usize = 32;

/// How many of a turn's steps are named.
const NAMED: usize = 3;

impl Runner {
    /// What the running thread does again and again, in words.
    pub(crate) fn endless_loop(&self) -> Option<String> {
        let events = &self.graph().threads[self.current].events;
        let repeats = |&len: &usize| self.ends_in_turns_of(events, len);
        let len = (1..=LONGEST_TURN).find(repeats)?;
        let turn = &events[events.len() - len..];
        let steps = turn.iter().filter(|&&id| self.begins_a_step(id));
        let mut named: Vec<String> = steps.map(|&id| self.name_of_step(id)).collect();
        let more = if named.len() > NAMED { ", ..." } else { "" };
        named.truncate(NAMED);
        Some(format!("{}{more}", named.join(", ")))
    }

    /// Whether the last two turns of so many events were the same steps as the turn before.
    fn ends_in_turns_of(&self, events: &[EventId], len: usize) -> bool {
        let Some(start) = events.len().checked_sub(3 * len) else {
            return false;
        };
        let same = |(&a, &b): (&EventId, &EventId)| self.is_same_line(a, b);
        events[start..].iter().zip(&events[start + len..]).all(same)
    }

    fn is_same_line(&self, a: EventId, b: EventId) -> bool {
        let requests = self.values.request(a).zip(self.values.request(b));
        let role = |id: EventId| self.graph().events[id].role;
        requests.is_some_and(|(a, b)| (a.op, a.loc, a.caller) == (b.op, b.loc, b.caller))
            && role(a) == role(b)
    }

    /// The write of a read-modify-write belongs to the step of its read.
    fn begins_a_step(&self, id: EventId) -> bool {
        !self.graph().events[id].is_update_write()
    }

    fn name_of_step(&self, id: EventId) -> String {
        let (graph, event) = (self.graph(), &self.graph().events[id]);
        let on = match event.role {
            Role::Other => String::new(),
            _ => format!(" {}", self.values.location_name(graph, event.loc)),
        };
        let place = self.values.caller(id);
        let place = place.map(|place| format!(" at {}:{}", place.file(), place.line()));
        format!("{}{on}{}", event.op.name(), place.unwrap_or_default())
    }
}
