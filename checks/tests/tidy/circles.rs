//! No large circle of files that use each other.

use std::collections::{BTreeMap, BTreeSet};

use crate::hold;
use crate::source::{self, Source};

/// Layers that are looked at together, and how many files may use each other in a circle there.
struct Part {
    layers: &'static [&'static str],
    largest: usize,
}

/// What a value, its header, its life and what its life takes with it are cannot be said without each other, nor what a
/// thread, its locks and its stops are: those circles are what they are, and only become smaller.
const PARTS: [Part; 3] = [
    Part {
        layers: &["text", "syntax", "compile", "eval", "types", "modules"],
        largest: 3,
    },
    Part {
        layers: &["objects"],
        largest: 10,
    },
    Part {
        layers: &["protocols"],
        largest: 7,
    },
];

/// Which module uses which, by the names of their files.
type Graph = BTreeMap<String, BTreeSet<String>>;

/// `eval::ops::text` for `runtime/src/eval/ops/text.rs`.
fn module(path: &str, layers: &[&str]) -> Option<String> {
    let inside = path.strip_prefix("runtime/src/")?.strip_suffix(".rs")?;
    let layer = inside.split('/').next()?;
    let name = inside.strip_suffix("/mod").unwrap_or(inside);
    layers.contains(&layer).then(|| name.replace('/', "::"))
}

fn graph(sources: &[Source], layers: &[&str]) -> Graph {
    let modules = sources.iter().filter_map(|s| module(&s.path, layers));
    let modules: BTreeSet<String> = modules.collect();
    let mut graph = Graph::new();
    for source in sources {
        let Some(name) = module(&source.path, layers) else {
            continue;
        };
        let found = paths(&source.code(), &name);
        let used = found.iter().filter_map(|path| longest(path, &modules));
        graph.insert(name.clone(), used.filter(|used| *used != name).collect());
    }
    graph
}

/// The module that a path leads into.
fn longest(path: &str, modules: &BTreeSet<String>) -> Option<String> {
    let mut path = path;
    loop {
        if modules.contains(path) {
            return Some(path.to_owned());
        }
        path = &path[..path.rfind("::")?];
    }
}

/// Every path that the code of a module names from the root or from the module above it; those that a macro spells with
/// `$crate` belong to whoever uses the macro.
fn paths(code: &str, module: &str) -> Vec<String> {
    let above = module.rfind("::").map_or("", |at| &module[..at]);
    let mut found = Vec::new();
    for (word, base) in [("crate::", ""), ("super::", above)] {
        for (at, _) in code.match_indices(word) {
            let before = code[..at].chars().next_back();
            let is_start = !before.is_some_and(|c| c.is_alphanumeric() || "_$:".contains(c));
            if is_start {
                expand(base, &code[at + word.len()..], &mut found);
            }
        }
    }
    found
}

/// The paths that begin here, braces opened.
fn expand(base: &str, rest: &str, found: &mut Vec<String>) {
    let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':'));
    let (path, tail) = rest.split_at(end.unwrap_or(rest.len()));
    let joined = [base, path.trim_end_matches(':')].join("::");
    let joined = joined.trim_start_matches(':').to_owned();
    if !(path.ends_with("::") && tail.starts_with('{')) {
        found.push(joined);
        return;
    }
    let mut depth = 0;
    let mut start = 1;
    for (at, letter) in tail.char_indices() {
        depth += match letter {
            '{' => 1,
            '}' => -1,
            _ => 0,
        };
        if (letter == ',' && depth == 1) || depth == 0 {
            expand(&joined, tail[start..at].trim_start(), found);
            start = at + 1;
        }
        if depth == 0 {
            return;
        }
    }
}

/// What can be reached from a module.
fn reachable<'a>(graph: &'a Graph, from: &'a str) -> BTreeSet<&'a str> {
    let mut reached = BTreeSet::new();
    let mut open = vec![from];
    while let Some(module) = open.pop() {
        for next in graph.get(module).into_iter().flatten() {
            if reached.insert(next.as_str()) {
                open.push(next);
            }
        }
    }
    reached
}

/// The circles of more files than one, largest first.
fn circles(graph: &Graph) -> Vec<BTreeSet<String>> {
    let reached: BTreeMap<_, _> = graph
        .keys()
        .map(|module| (module.as_str(), reachable(graph, module)))
        .collect();
    let circle = |module: &str| -> BTreeSet<String> {
        let both = |other: &&&str| {
            reached
                .get(**other)
                .is_some_and(|back| back.contains(module))
        };
        reached[module]
            .iter()
            .filter(both)
            .map(|other| (*other).to_owned())
            .collect()
    };
    let all: BTreeSet<_> = graph.keys().map(|module| circle(module)).collect();
    let mut all: Vec<_> = all.into_iter().filter(|circle| circle.len() > 1).collect();
    all.sort_by_key(|circle| std::cmp::Reverse(circle.len()));
    all
}

/// The import inside a circle without which the largest rest is smallest.
fn cut(graph: &Graph, circle: &BTreeSet<String>) -> (String, String) {
    let inside = |module: &String| graph[module].intersection(circle).cloned().collect();
    let part: Graph = circle
        .iter()
        .map(|module| (module.clone(), inside(module)))
        .collect();
    let edges = part
        .iter()
        .flat_map(|(from, to)| to.iter().map(move |to| (from, to)));
    let rest = |(from, to): &(&String, &String)| {
        let mut without = part.clone();
        without.get_mut(*from).map(|used| used.remove(*to));
        circles(&without).first().map_or(0, BTreeSet::len)
    };
    let (from, to) = edges.min_by_key(rest).expect("a circle has imports");
    (from.clone(), to.clone())
}

fn complaints(sources: &[Source]) -> Vec<String> {
    let parts = PARTS.iter();
    parts
        .flat_map(|part| complaints_of(sources, part))
        .collect()
}

fn complaints_of(sources: &[Source], part: &Part) -> Vec<String> {
    let graph = graph(sources, part.layers);
    let large = circles(&graph)
        .into_iter()
        .filter(|circle| circle.len() > part.largest);
    large
        .map(|circle| {
            let (from, to) = cut(&graph, &circle);
            let names: Vec<_> = circle.iter().map(String::as_str).collect();
            format!(
                "{} files use each other: {}; cut what {from} uses of {to}",
                circle.len(),
                names.join(", ")
            )
        })
        .collect()
}

#[test]
fn circles_are_small() {
    hold(complaints(&source::all()));
}

#[test]
fn a_circle_is_noticed_with_the_import_that_closes_it() {
    let file = |name: &str, code: &str| Source::new(&format!("runtime/src/eval/{name}.rs"), code);
    let mut sources = vec![
        file("a", "use crate::eval::{b::B, x};\n"),
        file("b", "use super::c;\n"),
        file("c", "fn f() { crate::eval::d::g() }\n"),
        file("d", "use std::fmt;\n"),
    ];
    assert_eq!(complaints(&sources), Vec::<String>::new());
    sources[3] = file("d", "use crate::eval::a::A;\n");
    let found = complaints(&sources);
    assert_eq!(found.len(), 1);
    assert!(
        found[0]
            .starts_with("4 files use each other: eval::a, eval::b, eval::c, eval::d; cut what")
    );
    sources[3] = file("d", "$crate::eval::a::A\n// crate::eval::a\n");
    assert_eq!(complaints(&sources), Vec::<String>::new());
}
