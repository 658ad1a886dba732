//! The relations between the steps of an execution, as pages and pictures draw them.

use reports::trace::{Trace, Write};
use serde::Serialize;

/// What relates two steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Kind {
    /// The next step of the same thread.
    Next,
    /// A read takes the value of a write.
    Reads,
    /// A write stands right behind another one of its place.
    Coherence,
    /// A step of another thread happens before a step, which is the first to know of it.
    Order,
    /// Nothing orders the two although something must.
    Conflict,
}

/// A relation between two steps, by their numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Relation {
    pub(crate) kind: Kind,
    pub(crate) from: usize,
    pub(crate) to: usize,
}

/// What each step reads from and comes after, then the coherence orders.
pub(crate) fn of(trace: &Trace) -> Vec<Relation> {
    let mut relations = Vec::new();
    for step in &trace.steps {
        let Some(memory) = &step.memory else { continue };
        let from = |kind| {
            move |from| Relation {
                kind,
                from,
                to: step.number,
            }
        };
        let written = memory.from.and_then(Write::step);
        relations.extend(written.map(from(Kind::Reads)));
        relations.extend(memory.after.iter().copied().map(from(Kind::Order)));
    }
    for order in &trace.coherence {
        let writes = order.writes.iter().filter_map(|write| write.step());
        relations.extend(chain(Kind::Coherence, &writes.collect::<Vec<_>>()));
    }
    relations
}

/// From each step to the next one.
pub(crate) fn chain(kind: Kind, steps: &[usize]) -> Vec<Relation> {
    let pairs = steps.windows(2);
    let relation = |pair: &[usize]| Relation {
        kind,
        from: pair[0],
        to: pair[1],
    };
    pairs.map(relation).collect()
}
