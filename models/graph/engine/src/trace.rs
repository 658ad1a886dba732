//! Traces: one execution, event by event, for reports.

use std::fmt;
use std::panic::Location;

use crate::event::{Event, EventId, Mode, Op, Outcome, Role};
use crate::graph::Graph;
use crate::values::Values;

/// One event of a trace.
#[derive(Clone, Debug, PartialEq)]
pub struct TraceEvent {
    /// The number by which other events of the trace refer to this one.
    pub id: usize,
    /// The thread; 0 is the main thread.
    pub thread: usize,
    /// Position in the thread.
    pub index: usize,
    /// The operation.
    pub op: Op,
    /// Whether this event is the operation's read or its write.
    pub role: Role,
    /// How a read-modify-write went on.
    pub outcome: Outcome,
    /// The memory ordering.
    pub mode: Mode,
    /// The name of the location or block, with a number if several have the same name.
    pub location: Option<String>,
    /// The value read or written; the thread started or joined; the number chosen.
    pub value: u64,
    /// For a read: the write that it reads from.
    pub reads_from: Option<usize>,
    /// For a read: the newest write of its location in coherence order.
    pub newest: Option<usize>,
    /// For a write: its position in the coherence order of its location, from 0 for the
    /// initial value.
    pub coherence: Option<usize>,
    /// Events of other threads from which this one received a release.
    pub happens_after: Vec<usize>,
    /// The line of the program.
    pub caller: Option<&'static Location<'static>>,
}

/// One execution in an order that reads-from and program order allow.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Trace {
    /// The events.
    pub events: Vec<TraceEvent>,
}

impl Trace {
    /// The trace of a graph that was run as `values` says, in the order of that run.
    pub(crate) fn of(graph: &Graph, values: &Values, order: &[EventId]) -> Trace {
        let names = Names::new(graph, values);
        let events = order
            .iter()
            .map(|&id| trace_event(graph, values, &names, id))
            .collect();
        Trace { events }
    }

    /// The event with the given number.
    pub fn event(&self, id: usize) -> Option<&TraceEvent> {
        self.events.iter().find(|event| event.id == id)
    }

    pub(crate) fn describe(&self, id: usize) -> String {
        let describe = |event: &TraceEvent| {
            format!(
                "{} by thread {}{}",
                event.action(),
                event.thread,
                event.place()
            )
        };
        self.event(id)
            .map_or_else(|| format!("event {id}"), describe)
    }
}

/// Names of locations and blocks.
struct Names {
    locations: Vec<String>,
    blocks: Vec<String>,
}

impl Names {
    fn new(graph: &Graph, values: &Values) -> Names {
        let location = |loc: usize| values.location_name(graph, loc);
        let block = |block: usize| values.block_name(graph, block).to_string();
        Names {
            locations: told_apart((0..graph.locations.len()).map(location).collect()),
            blocks: told_apart((0..graph.blocks.len()).map(block).collect()),
        }
    }

    fn of(&self, event: &Event) -> Option<String> {
        let name = match (event.role, event.op) {
            (Role::Other, Op::Create | Op::Alloc | Op::Free) => self.blocks.get(event.home),
            (Role::Other, _) => None,
            _ => self.locations.get(event.loc),
        };
        name.cloned()
    }
}

/// Numbers the names that the program gave to several.
fn told_apart(all: Vec<String>) -> Vec<String> {
    let number = |(at, name): (usize, &String)| {
        let same = |names: &[String]| names.iter().filter(|&other| other == name).count();
        if same(&all) > 1 {
            format!("{name}#{}", same(&all[..at]) + 1)
        } else {
            name.clone()
        }
    };
    all.iter().enumerate().map(number).collect()
}

fn trace_event(graph: &Graph, values: &Values, names: &Names, id: EventId) -> TraceEvent {
    let event = &graph.events[id];
    TraceEvent {
        id,
        thread: event.thread,
        index: event.index,
        op: event.op,
        role: event.role,
        outcome: event.outcome,
        mode: event.mode,
        location: names.of(event),
        value: values.shown(graph, id),
        reads_from: event.rf,
        newest: (event.role == Role::Read)
            .then(|| graph.locations[event.loc].co.last().copied())
            .flatten(),
        coherence: (event.role == Role::Write).then(|| graph.co_index(event.loc, id)),
        happens_after: graph.received_from(id),
        caller: values.caller(id),
    }
}

impl TraceEvent {
    /// The event in a few words.
    pub fn action(&self) -> String {
        let location = self.location.as_deref().unwrap_or("");
        let value = self.value;
        match (self.op, self.role) {
            (Op::Create | Op::Alloc, _) => format!("{} {location} = {value}", self.op.name()),
            (Op::Free, _) => format!("{} {location}", self.op.name()),
            (Op::Fence, _) => format!("fence {:?}", self.mode),
            (Op::Spawn | Op::Join, _) => format!("{} thread {value}", self.op.name()),
            (Op::Choice, _) => format!("choice {value}"),
            (_, Role::Other) => self.op.name().to_string(),
            (op, Role::Read) => format!(
                "{} {location} -> {value} {:?}{}",
                op.name(),
                self.mode,
                self.remark()
            ),
            (op, Role::Write) => format!("{} {location} := {value} {:?}", op.name(), self.mode),
        }
    }

    fn remark(&self) -> &'static str {
        match (self.op.waits(), self.outcome) {
            (_, Outcome::Waits) => ", waits",
            (true, Outcome::Failure) => ", waits",
            (false, Outcome::Failure) => ", fails",
            (_, Outcome::Spurious) => ", fails spuriously",
            _ => "",
        }
    }

    fn place(&self) -> String {
        self.caller.map_or_else(String::new, |caller| {
            format!(" at {}:{}", caller.file(), caller.line())
        })
    }
}

impl fmt::Display for Trace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for event in &self.events {
            write!(
                f,
                "{:>4}  thread {}  {}",
                event.id,
                event.thread,
                event.action()
            )?;
            if let Some(write) = event.reads_from {
                write!(f, "  from {write}")?;
            }
            if event.newest != event.reads_from {
                write!(f, "  (newest: {})", event.newest.unwrap_or_default())?;
            }
            if let Some(position) = event.coherence {
                write!(f, "  coherence {position}")?;
            }
            writeln!(f, "{}", event.place())?;
        }
        Ok(())
    }
}
