//! An execution graph for Graphviz.

use std::fmt::Write;

use reports::report::Report;

use super::{Graph, Node};
use crate::relations::{Kind, Relation};

/// The execution graph of a failure in the language of Graphviz.
#[must_use]
pub fn dot(report: &Report) -> String {
    let graph = Graph::of(report);
    let mut text = String::from("digraph execution {\n");
    let _ = writeln!(
        text,
        "  label={}; labelloc=t; fontname=\"sans-serif\";",
        quoted(&graph.title)
    );
    text.push_str("  node [shape=box, fontname=\"monospace\", fontsize=10];\n");
    text.push_str("  edge [fontname=\"monospace\", fontsize=9];\n");
    for (number, thread) in graph.threads.iter().enumerate() {
        lane(&mut text, &graph, number, thread);
    }
    for edge in &graph.edges {
        let _ = writeln!(text, "  {}", self::edge(edge));
    }
    text.push_str("}\n");
    text
}

/// The steps of one thread.
fn lane(text: &mut String, graph: &Graph<'_>, number: usize, thread: &str) {
    let _ = writeln!(text, "  subgraph cluster_{number} {{");
    let _ = writeln!(text, "    label={};", quoted(thread));
    for node in graph.nodes.iter().filter(|node| node.thread == number) {
        let _ = writeln!(text, "    {}", self::node(node));
    }
    text.push_str("  }\n");
}

fn node(node: &Node) -> String {
    let label = format!("{}: {}\n{}", node.number, node.text, node.at);
    let colour = if node.broken {
        ", color=red, penwidth=2"
    } else {
        ""
    };
    format!("s{} [label={}{colour}];", node.number, quoted(&label))
}

fn edge(edge: &Relation) -> String {
    let look = match edge.kind {
        Kind::Next => "color=gray".to_owned(),
        kind => format!(
            "label={}, fontcolor={1}, color={1}, constraint=false",
            kind.name(),
            colour(kind)
        ),
    };
    format!("s{} -> s{} [{look}];", edge.from, edge.to)
}

fn colour(kind: Kind) -> &'static str {
    match kind {
        Kind::Next => "gray",
        Kind::Reads => "blue",
        Kind::Coherence => "darkorange",
        Kind::Order => "purple",
        Kind::Conflict => "red",
    }
}

/// A label that is shown as the text stands. Graphviz takes `&and;` for a sign, whatever else is escaped.
fn quoted(text: &str) -> String {
    let mut safe = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' => safe.push_str("\\\""),
            '\\' => safe.push_str("\\\\"),
            '&' => safe.push_str("&amp;"),
            '\n' => safe.push_str("\\n"),
            letter if letter.is_control() => {}
            letter => safe.push(letter),
        }
    }
    safe.push('"');
    safe
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn a_label_holds_no_entity() {
        assert_eq!(quoted("x &and; &mut y"), "\"x &amp;and; &amp;mut y\"");
    }

    #[test]
    fn nothing_ends_a_string_early() {
        assert_eq!(quoted("a\"];x\\\n\u{1}"), "\"a\\\"];x\\\\\\n\"");
    }
}
