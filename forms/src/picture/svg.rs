//! An execution graph as a picture that every browser shows.

use maud::{Markup, PreEscaped, html};
use reports::report::Report;

use super::{Graph, Node};
use crate::relations::{Kind, Relation};

const STYLE: &str = "
svg { background: #fff; color: #1d2126; font: 13px ui-monospace, 'DejaVu Sans Mono', monospace; }
.box { fill: #f6f5f2; stroke: #b9b5ab; } .broken .box { fill: #fde6e6; stroke: #a61b29; stroke-width: 2; }
text { fill: currentColor; } .at { fill: #5b6470; font-size: 11px; } .title, .thread { font-weight: 600; }
path { fill: none; stroke-width: 1.5; } .po { stroke: #b9b5ab; } .rf { stroke: #1f5fa8; }
.co { stroke: #a05a00; stroke-dasharray: 2 3; } .hb { stroke: #6d3fa0; stroke-dasharray: 7 4; }
.head { stroke: none; } .head.po { fill: #b9b5ab; } .head.rf { fill: #1f5fa8; } .head.co { fill: #a05a00; } .head.hb { fill: #6d3fa0; }
@media (prefers-color-scheme: dark) {
  svg { background: #14171b; color: #e4e6e9; } .box { fill: #1b1f25; stroke: #4a525e; } .at { fill: #9aa4b1; }
  .broken .box { fill: #3d1a1e; stroke: #ff9a9d; } .po { stroke: #4a525e; } .rf { stroke: #7cb4f2; } .co { stroke: #f0b05f; } .hb { stroke: #c49af0; }
  .head.po { fill: #4a525e; } .head.rf { fill: #7cb4f2; } .head.co { fill: #f0b05f; } .head.hb { fill: #c49af0; }
}
";

/// Pixels: a letter, a row, the boxes and what lies between them.
const LETTER: usize = 8;
const ROW: usize = 52;
const HEIGHT: usize = 38;
const GAP: usize = 48;
const TOP: usize = 84;
/// Letters of the longest line that is shown whole.
const LONGEST: usize = 48;

/// The execution graph of a failure as a picture.
#[must_use]
pub fn svg(report: &Report) -> String {
    let graph = Graph::of(report);
    let layout = Layout::of(&graph);
    let (width, height) = (layout.width(), TOP + graph.nodes.len() * ROW + 24);
    let picture = html! {
        svg xmlns="http://www.w3.org/2000/svg" width=(width) height=(height)
            viewBox={ "0 0 " (width) " " (height) } role="img" aria-label=(clean(&graph.title))
        {
            style { (PreEscaped(STYLE)) }
            text.title x="16" y="24" { (clean(&graph.title)) }
            (legend())
            @for (number, thread) in graph.threads.iter().enumerate() {
                @if let Some((left, _)) = layout.lanes[number] {
                    text.thread x=(left) y=(TOP - 10) { (clean(thread)) }
                }
            }
            @for edge in &graph.edges { (layout.edge(&graph, edge)) }
            @for (row, node) in graph.nodes.iter().enumerate() { (layout.node(row, node)) }
        }
    };
    format!("{}\n", picture.into_string())
}

fn legend() -> Markup {
    let kinds = [
        (Kind::Reads, "reads from"),
        (Kind::Coherence, "coherence"),
        (Kind::Order, "happens before"),
    ];
    html! {
        @for (at, (kind, words)) in kinds.into_iter().enumerate() {
            path.(kind.name()) d={ "M" (16 + at * 170) ",44 h30" } {}
            text.at x=(52 + at * 170) y="48" { (words) }
        }
    }
}

/// Where everything is.
struct Layout {
    /// The left edge and the width of each thread's boxes; nothing for a thread without steps.
    lanes: Vec<Option<(usize, usize)>>,
}

impl Layout {
    fn of(graph: &Graph<'_>) -> Self {
        let mut left = GAP;
        let lanes = (0..graph.threads.len()).map(|thread| {
            let nodes = graph.nodes.iter().filter(|node| node.thread == thread);
            let widest = nodes.map(letters).max()?;
            let lane = (left, widest * LETTER + 20);
            left += lane.1 + GAP;
            Some(lane)
        });
        Self {
            lanes: lanes.collect(),
        }
    }

    fn width(&self) -> usize {
        let ends = self
            .lanes
            .iter()
            .flatten()
            .map(|(left, width)| left + width + GAP);
        ends.max().unwrap_or(0).max(560)
    }

    fn lane(&self, node: &Node) -> (usize, usize) {
        self.lanes
            .get(node.thread)
            .copied()
            .flatten()
            .unwrap_or_default()
    }

    fn node(&self, row: usize, node: &Node) -> Markup {
        let (left, width) = self.lane(node);
        let top = TOP + row * ROW;
        html! {
            g.broken[node.broken] {
                rect.box x=(left) y=(top) width=(width) height=(HEIGHT) rx="5" {}
                text x=(left + 10) y=(top + 16) { (label(node)) }
                text.at x=(left + 10) y=(top + 31) { (clean(&cut(&node.at))) }
            }
        }
    }

    fn edge(&self, graph: &Graph<'_>, edge: &Relation) -> Markup {
        let row = |number: usize| graph.nodes.iter().position(|node| node.number == number);
        let (Some(from), Some(to)) = (row(edge.from), row(edge.to)) else {
            return html! {};
        };
        let (path, head) = match edge.kind {
            Kind::Next => self.straight(graph, from, to),
            _ => self.bent(graph, from, to),
        };
        html! {
            path.(edge.kind.name()) d=(path) {}
            path.head.(edge.kind.name()) d=(head) {}
        }
    }

    /// From the lower edge of a box down to the next one of its thread.
    fn straight(&self, graph: &Graph<'_>, from: usize, to: usize) -> (String, String) {
        let (left, _) = self.lane(&graph.nodes[from]);
        let x = left + 14;
        let (top, bottom) = (TOP + from * ROW + HEIGHT, TOP + to * ROW);
        (
            format!("M{x},{top} V{}", bottom - 6),
            format!("M{x},{bottom} l-4,-7 h8 z"),
        )
    }

    /// From the side of a box to the left side of another one.
    fn bent(&self, graph: &Graph<'_>, from: usize, to: usize) -> (String, String) {
        let (source, width) = self.lane(&graph.nodes[from]);
        let (target, _) = self.lane(&graph.nodes[to]);
        let (y1, y2) = (TOP + from * ROW + HEIGHT / 2, TOP + to * ROW + HEIGHT / 2);
        let away = 24 + y1.abs_diff(y2).min(200) / 8;
        let (x1, out) = match source < target {
            true => (source + width, source + width + away),
            false => (source, source.saturating_sub(away)),
        };
        let into = target.saturating_sub(away);
        let end = target.saturating_sub(7);
        (
            format!("M{x1},{y1} C{out},{y1} {into},{y2} {end},{y2}"),
            format!("M{target},{y2} l-8,-4 v8 z"),
        )
    }
}

fn letters(node: &Node) -> usize {
    label(node)
        .chars()
        .count()
        .max(cut(&node.at).chars().count())
}

fn label(node: &Node) -> String {
    clean(&cut(&format!("{}: {}", node.number, node.text)))
}

/// The beginning of what is too long.
fn cut(text: &str) -> String {
    match text.chars().count() <= LONGEST {
        true => text.to_owned(),
        false => text.chars().take(LONGEST - 1).chain(['\u{2026}']).collect(),
    }
}

/// What XML can carry at all.
fn clean(text: &str) -> String {
    let fits = |letter: &char| !letter.is_control() && !matches!(letter, '\u{fffe}' | '\u{ffff}');
    text.chars().filter(fits).collect()
}
