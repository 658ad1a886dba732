//! What one run knows beyond its graph: values, callers and names.
//!
//! Addresses differ from run to run, so the graph holds no values. Each run writes them
//! down again, by event.

use std::panic::Location;

use crate::event::{BlockId, EventId, LocId, Op, Role};
use crate::graph::Graph;
use crate::request::Request;

/// One event's values in this run.
#[derive(Clone, Copy, Debug)]
struct Record {
    request: Request,
    written: u64,
}

/// The values of a run, by event.
#[derive(Debug, Default)]
pub(crate) struct Values {
    records: Vec<Option<Record>>,
}

impl Values {
    /// Forgets the last run.
    pub(crate) fn clear(&mut self) {
        self.records.clear();
    }

    /// Whether this run has executed the event.
    pub(crate) fn has(&self, id: EventId) -> bool {
        self.records.get(id).is_some_and(Option::is_some)
    }

    /// Writes down that the event was executed; `written` is what it wrote, if it did.
    pub(crate) fn record(&mut self, id: EventId, request: &Request, written: u64) {
        if self.records.len() <= id {
            self.records.resize(id + 1, None);
        }
        self.records[id] = Some(Record {
            request: *request,
            written,
        });
    }

    /// What a write wrote.
    pub(crate) fn written(&self, write: EventId) -> u64 {
        self.records[write].map_or(0, |record| record.written)
    }

    /// What the thread asked for when it made the event.
    pub(crate) fn request(&self, id: EventId) -> Option<&Request> {
        self.records.get(id)?.as_ref().map(|record| &record.request)
    }

    pub(crate) fn caller(&self, id: EventId) -> Option<&'static Location<'static>> {
        self.request(id).and_then(|request| request.caller)
    }

    /// The name that the program gave to a location.
    pub(crate) fn location_name(&self, graph: &Graph, loc: LocId) -> String {
        let block = graph.blocks[graph.locations[loc].block];
        let name = self.block_name(graph, graph.locations[loc].block);
        match block.len {
            1 => name.to_string(),
            _ => format!("{name}[{}]", loc - block.first),
        }
    }

    /// The name that the program gave to a block.
    pub(crate) fn block_name(&self, graph: &Graph, block: BlockId) -> &'static str {
        let alloc = graph.blocks[block].alloc;
        self.request(alloc).map_or("", |request| request.name)
    }

    /// The value to show for an event.
    pub(crate) fn shown(&self, graph: &Graph, id: EventId) -> u64 {
        let event = &graph.events[id];
        match (event.role, event.op) {
            (Role::Read, _) => event.rf.map_or(0, |write| self.written(write)),
            (Role::Other, Op::Spawn | Op::Join | Op::Choice) => event.arg as u64,
            _ => self
                .records
                .get(id)
                .and_then(Option::as_ref)
                .map_or(0, |record| record.written),
        }
    }
}
