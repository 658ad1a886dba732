//! The execution graph of a failure as a picture.

mod dot;
mod svg;

use reports::explanation;
use reports::failure::Failure;
use reports::report::Report;
use reports::trace::{Action, Step, Trace, Write};

pub use dot::dot;
pub use svg::svg;

/// A graph: what is drawn, whatever it is drawn with.
struct Graph<'a> {
    title: String,
    threads: &'a [String],
    nodes: Vec<Node>,
    edges: Vec<Edge>,
}

/// A step.
struct Node {
    number: usize,
    thread: usize,
    text: String,
    /// What is shown beside it: where it stands.
    at: String,
    broken: bool,
}

/// A relation between two steps.
struct Edge {
    kind: Kind,
    from: usize,
    to: usize,
}

/// What an edge means.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// The next step of the same thread.
    Next,
    /// A read takes the value of a write.
    Reads,
    /// A write stands right behind another one of its place.
    Coherence,
    /// A step happens before one of another thread.
    Order,
}

impl Kind {
    /// What the literature calls it.
    fn name(self) -> &'static str {
        match self {
            Kind::Next => "po",
            Kind::Reads => "rf",
            Kind::Coherence => "co",
            Kind::Order => "hb",
        }
    }
}

impl<'a> Graph<'a> {
    fn of(report: &'a Report) -> Self {
        let failure = &report.failure;
        let trace = &failure.trace;
        let nodes: Vec<Node> = trace
            .steps
            .iter()
            .filter_map(|step| node(trace, step))
            .collect();
        let drawn = |number: usize| nodes.iter().any(|node| node.number == number);
        let mut edges = next(&nodes, trace.threads.len());
        edges.extend(related(trace));
        edges.retain(|edge| drawn(edge.from) && drawn(edge.to));
        Self {
            title: title(failure),
            threads: &trace.threads,
            nodes,
            edges,
        }
    }
}

fn title(failure: &Failure) -> String {
    let replay = &failure.replay;
    format!("{} in {}: {}", replay.scenario, replay.world, failure.kind)
}

/// The node of a step that a memory model knows: begins and ends of calls are not drawn.
fn node(trace: &Trace, step: &Step) -> Option<Node> {
    if matches!(step.action, Action::Begin { .. } | Action::End { .. })
        || step.thread >= trace.threads.len()
    {
        return None;
    }
    let broken =
        trace.conflict.contains(&step.number) || matches!(step.action, Action::Broke { .. });
    Some(Node {
        number: step.number,
        thread: step.thread,
        text: explanation::action(&step.action),
        at: format!("{}:{}", short(&step.at.file), step.at.line),
        broken,
    })
}

/// The end of a path, which tells files apart.
fn short(file: &str) -> &str {
    let mut cut = file.rmatch_indices('/').map(|(at, _)| at + 1);
    cut.nth(1).map_or(file, |at| &file[at..])
}

fn next(nodes: &[Node], threads: usize) -> Vec<Edge> {
    let mut edges = Vec::new();
    for thread in 0..threads {
        let of_thread = nodes.iter().filter(|node| node.thread == thread);
        let numbers: Vec<usize> = of_thread.map(|node| node.number).collect();
        edges.extend(numbers.windows(2).map(|pair| Edge {
            kind: Kind::Next,
            from: pair[0],
            to: pair[1],
        }));
    }
    edges
}

fn related(trace: &Trace) -> Vec<Edge> {
    let mut edges = Vec::new();
    for step in &trace.steps {
        let Some(memory) = &step.memory else { continue };
        let to = step.number;
        let from = memory.from.and_then(Write::step);
        edges.extend(from.map(|from| Edge {
            kind: Kind::Reads,
            from,
            to,
        }));
        let after = memory.after.iter();
        edges.extend(after.map(|&from| Edge {
            kind: Kind::Order,
            from,
            to,
        }));
    }
    for order in &trace.coherence {
        let writes: Vec<usize> = order
            .writes
            .iter()
            .filter_map(|write| write.step())
            .collect();
        edges.extend(writes.windows(2).map(|pair| Edge {
            kind: Kind::Coherence,
            from: pair[0],
            to: pair[1],
        }));
    }
    edges
}
