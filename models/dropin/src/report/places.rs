//! What a report calls the places of an execution: by the name that the user gave, or else by
//! where they were made.

use std::collections::BTreeMap;
use std::panic::Location as Caller;

use graph_engine::{Op, Outcome, Role, Trace, TraceEvent};
use reports::trace::Source;

use crate::name;

/// What a place is used as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Use {
    /// An atomic, or plain memory.
    Memory,
    /// Threads wait until it is free.
    Lock,
    /// Threads sleep on it.
    Token,
}

/// One place of the execution.
#[derive(Clone, Debug)]
pub(super) struct Place {
    /// What the report calls it.
    pub(super) name: String,
    /// The type of what is there.
    kind: String,
    pub(super) used: Use,
    pub(super) thread: usize,
    pub(super) made: Source,
}

/// All places of an execution, by the engine's names.
#[derive(Debug, Default)]
pub(super) struct Places(BTreeMap<String, Place>);

impl Places {
    pub(super) fn of(trace: &Trace) -> Places {
        let mut all = BTreeMap::new();
        let made = |event: &&TraceEvent| matches!(event.op, Op::Create | Op::Alloc);
        for event in trace.events.iter().filter(made) {
            if let Some(name) = &event.location {
                all.entry(name.clone()).or_insert_with(|| place(event));
            }
        }
        for event in trace.events.iter().filter(|event| !made(event)) {
            let found = event.location.as_ref().and_then(|name| all.get_mut(name));
            if let Some(place) = found {
                place.used = use_of(event).unwrap_or(place.used);
            }
        }
        tell_apart(&mut all);
        Places(all)
    }

    pub(super) fn get(&self, event: &TraceEvent) -> Option<&Place> {
        self.0.get(event.location.as_ref()?)
    }

    /// The same text with the engine's names replaced.
    pub(super) fn rename(&self, text: &str) -> String {
        let mut names: Vec<(&String, &Place)> = self.0.iter().collect();
        // A name may be the beginning of another.
        names.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
        let mut told = String::with_capacity(text.len());
        let mut rest = text;
        'text: while !rest.is_empty() {
            let begins = !told.ends_with(|letter: char| letter.is_alphanumeric() || letter == '_');
            for (name, place) in names.iter().filter(|_| begins) {
                let after = rest.strip_prefix(name.as_str());
                let ends = |after: &&str| {
                    !after.starts_with(|letter: char| letter.is_alphanumeric() || letter == '#')
                };
                if let Some(after) = after.filter(ends) {
                    told.push_str(&place.name);
                    rest = after;
                    continue 'text;
                }
            }
            let mut letters = rest.chars();
            told.extend(letters.next());
            rest = letters.as_str();
        }
        told
    }
}

impl Place {
    /// A value that is there, as its type shows it.
    pub(super) fn shown(&self, value: u64) -> String {
        match self.kind.as_str() {
            "AtomicBool" => (value != 0).to_string(),
            "AtomicI8" | "AtomicI16" | "AtomicI32" | "AtomicI64" | "AtomicIsize" => {
                value.cast_signed().to_string()
            }
            "AtomicPtr" if value == 0 => "null".to_owned(),
            "AtomicPtr" => format!("{value:#x}"),
            _ => value.to_string(),
        }
    }
}

fn place(event: &TraceEvent) -> Place {
    let full = event.location.as_deref().unwrap_or_default();
    let unnumbered = full.rsplit_once('#').map_or(full, |(name, _)| name);
    let (given, kind) = name::split(unnumbered);
    let made = source(event.caller);
    let name = match given {
        Some(given) => given.to_owned(),
        None => format!("{kind}{}", made_at(&made)),
    };
    Place {
        name,
        kind: kind.to_owned(),
        used: Use::Memory,
        thread: event.thread,
        made,
    }
}

/// `@queue:12`: the file without what most files have in common, and the line.
fn made_at(made: &Source) -> String {
    let path = made.file.strip_suffix(".rs").unwrap_or(&made.file);
    let (folder, stem) = path.rsplit_once('/').unwrap_or(("", path));
    match (stem, folder.rsplit('/').next().unwrap_or_default()) {
        ("", _) => String::new(),
        ("mod", folder) if !folder.is_empty() => format!("@{folder}:{}", made.line),
        _ => format!("@{stem}:{}", made.line),
    }
}

fn use_of(event: &TraceEvent) -> Option<Use> {
    match event.op {
        Op::Lock | Op::Unlock => Some(Use::Lock),
        Op::Park | Op::TimedPark | Op::Unpark => Some(Use::Token),
        _ => None,
    }
}

/// Numbers the names that several places have, in the order in which they were made.
fn tell_apart(all: &mut BTreeMap<String, Place>) {
    let mut count: BTreeMap<String, usize> = BTreeMap::new();
    for place in all.values() {
        *count.entry(place.name.clone()).or_default() += 1;
    }
    let mut order: Vec<&String> = all.keys().collect();
    order.sort_by_key(|name| number(name));
    let order: Vec<String> = order.into_iter().cloned().collect();
    let mut next: BTreeMap<String, usize> = BTreeMap::new();
    for key in order {
        let Some(place) = all.get_mut(&key).filter(|place| count[&place.name] > 1) else {
            continue;
        };
        let next = next.entry(place.name.clone()).or_default();
        *next += 1;
        place.name = format!("{}#{next}", place.name);
    }
}

/// The number behind a name of the engine.
fn number(name: &str) -> usize {
    let number = name.rsplit_once('#').map(|(_, number)| number.parse());
    number.and_then(Result::ok).unwrap_or_default()
}

/// A line of the user's crate or of one that it uses; nothing for what the compiler calls in the
/// standard library.
pub(super) fn source(caller: Option<&Caller<'_>>) -> Source {
    let Some(caller) = caller else {
        return Source::default();
    };
    source_of(caller.file(), caller.line())
}

pub(super) fn source_of(file: &str, line: u32) -> Source {
    let file = file.replace('\\', "/");
    if file.starts_with("/rustc/") || file.contains("/rustlib/src/") {
        return Source::default();
    }
    // Below the registry's folder, a crate's name and version say enough.
    let registry = file.split_once("/registry/src/");
    let inside = registry.and_then(|(_, below)| below.split_once('/'));
    let file = inside.map_or(file.clone(), |(_, file)| file.to_owned());
    Source { file, line }
}

/// Whether a read of a waiting thread only shows it that it must wait.
pub(super) fn is_vain(event: &TraceEvent) -> bool {
    let waits = matches!(event.op, Op::Lock | Op::Park | Op::TimedPark);
    event.role == Role::Read
        && (event.outcome == Outcome::Waits || waits && event.outcome == Outcome::Failure)
}
