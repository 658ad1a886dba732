//! What happened before what, and which operations could have come the other way round.

use std::collections::BTreeSet;

use crate::access::{Access, Place};
use crate::clock::Clock;
use crate::operation::Operation;
use crate::search::{Event, State, Threads};

/// What a thread knows.
fn known(events: &[Event], thread: usize) -> (Clock, u32) {
    let last = events.iter().rev().find(|event| event.thread == thread);
    last.map_or((Clock::default(), 0), |event| (event.clock, event.number))
}

impl Event {
    /// What an operation of a thread is after these.
    #[must_use]
    pub fn after(events: &[Event], thread: usize, operation: Operation) -> Self {
        event(events, thread, operation)
    }
}

/// The event that an operation is after `events`.
pub(crate) fn event(events: &[Event], thread: usize, operation: Operation) -> Event {
    let (mut clock, before) = known(events, thread);
    for event in events.iter().rev() {
        if !clock.knows(event.thread, event.number) && operation.conflicts(&event.operation) {
            clock.join(&event.clock);
        }
    }
    let number = before + 1;
    clock.see(thread, number);
    Event {
        thread,
        number,
        operation,
        clock,
    }
}

/// Two operations that conflict, and that nothing orders but that one came first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Race {
    /// Where they meet.
    pub place: Place,
    /// The labels of the two, in the order in which they were met.
    pub labels: [usize; 2],
    /// Whether each of them changes the place.
    pub writes: [bool; 2],
}

/// The race of two operations, unless they are those of a lock.
fn race(earlier: &Event, later: &Event) -> Option<Race> {
    let plain = |access: &&Access| access.effect.is_plain();
    let mine = || later.operation.accesses().filter(plain);
    let mut pairs = earlier
        .operation
        .accesses()
        .filter(plain)
        .flat_map(|first| mine().map(move |second| [first, second]));
    let [first, second] = pairs.find(|[first, second]| second.conflicts(first))?;
    Some(Race {
        place: first.place,
        labels: [earlier.operation.label, later.operation.label],
        writes: [first, second].map(|access| !access.effect.is_reading()),
    })
}

/// For each race of `last` with an event before it, makes sure that some execution has them the other way round.
pub(crate) fn reverse(
    states: &mut [State],
    events: &[Event],
    last: &Event,
    races: &mut BTreeSet<Race>,
) {
    let (mut clock, _) = known(events, last.thread);
    for (index, event) in events.iter().enumerate().rev() {
        let is_known = clock.knows(event.thread, event.number);
        if is_known || !last.operation.conflicts(&event.operation) {
            continue;
        }
        // What made the operation possible, or kept it waiting, comes first in every execution; what lies before it may
        // not.
        if last.operation.needs(&event.operation) || waited(&states[index], event, last, events) {
            continue;
        }
        clock.join(&event.clock);
        races.extend(race(event, last));
        want(&mut states[index], &events[index..], last);
    }
}

/// Whether the operation of `last` stood ready before `event`, and had to wait for it.
fn waited(state: &State, event: &Event, last: &Event, events: &[Event]) -> bool {
    let next = state.next.get(last.thread).and_then(Option::as_ref);
    let behind = events
        .iter()
        .rev()
        .take_while(|other| !(other.thread == event.thread && other.number == event.number));
    let stood = behind.clone().all(|other| other.thread != last.thread);
    stood && next.is_some_and(|next| next.waits)
}

/// Adds to what a state is to try, unless it tries a thread already that begins what comes without the first event.
fn want(state: &mut State, events: &[Event], last: &Event) {
    let initials = initials(events, last);
    // What a sleeping thread begins was seen.
    if initials & (state.wanted | state.asleep) != 0 {
        return;
    }
    let able = initials & state.enabled;
    state.wanted |= match able {
        0 => state.enabled,
        able if able & 1 << last.thread != 0 => 1 << last.thread,
        able => able & able.wrapping_neg(),
    };
}

/// The threads that can begin what comes without the first of the events, `last` at its end.
fn initials(events: &[Event], last: &Event) -> Threads {
    let Some((first, rest)) = events.split_first() else {
        return 1 << last.thread;
    };
    let mut kept: Vec<&Event> = Vec::new();
    let mut begin = 0;
    let mut seen = 0;
    for event in rest {
        if event.clock.knows(first.thread, first.number) {
            continue;
        }
        let follows = kept
            .iter()
            .any(|before| event.clock.knows(before.thread, before.number));
        begin |= Threads::from(!follows && seen & 1 << event.thread == 0) << event.thread;
        seen |= 1 << event.thread;
        kept.push(event);
    }
    let follows = |before: &&Event| {
        before.thread == last.thread || last.operation.conflicts(&before.operation)
    };
    // What its own thread did before is among those kept, or happened before the first.
    if !kept.iter().any(follows) {
        begin |= 1 << last.thread;
    }
    begin
}
