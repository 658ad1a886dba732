//! The execution graph of a failure as a picture.

mod dot;
mod svg;

use explain::explanation;
use reports::failure::Failure;
use reports::report::Report;
use reports::trace::{Action, Step, Trace};

use crate::relations::{self, Kind, Relation};

pub use dot::dot;
pub use svg::svg;

/// A graph: what is drawn, whatever it is drawn with.
struct Graph<'a> {
    title: String,
    threads: &'a [String],
    nodes: Vec<Node>,
    edges: Vec<Relation>,
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

impl Kind {
    /// What the literature calls it.
    fn name(self) -> &'static str {
        match self {
            Kind::Next => "po",
            Kind::Reads => "rf",
            Kind::Coherence => "co",
            Kind::Order => "hb",
            Kind::Conflict => "conflict",
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
        edges.extend(relations::of(trace));
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

fn next(nodes: &[Node], threads: usize) -> Vec<Relation> {
    let of_thread = |thread: usize| {
        let own = nodes.iter().filter(|node| node.thread == thread);
        let numbers: Vec<usize> = own.map(|node| node.number).collect();
        relations::chain(Kind::Next, &numbers)
    };
    (0..threads).flat_map(of_thread).collect()
}
