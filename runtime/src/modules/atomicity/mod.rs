//! The page of what other threads can see in the middle of an operation, `docs/atomicity.md`. A test holds it against the
//! tables of the types: a method that is missing there, or that no type has, fails it.

mod library;
mod primitives;
mod rows;

use std::collections::BTreeSet;
use std::fmt::Write;

use crate::types::define::{Member, TypeDef};
use crate::types::slots::Dunder;

/// What an operation is for other threads.
enum Steps {
    /// One step, unless what is said.
    One(&'static str),
    /// These steps.
    Many(&'static str),
}

/// Operations of which the same is true.
struct Operation {
    names: &'static str,
    steps: Steps,
    /// The scenarios that ask.
    shown_by: &'static str,
}

type Table = &'static [Operation];

const NO_OTHER_KNOWS: &str = "makes an object that nobody else knows yet";

const fn one(names: &'static str, shown_by: &'static str) -> Operation {
    Operation {
        names,
        steps: Steps::One(""),
        shown_by,
    }
}

const fn one_but(names: &'static str, unless: &'static str, shown_by: &'static str) -> Operation {
    Operation {
        names,
        steps: Steps::One(unless),
        shown_by,
    }
}

const fn many(names: &'static str, which: &'static str) -> Operation {
    Operation {
        names,
        steps: Steps::Many(which),
        shown_by: "",
    }
}

const HEAD: &str = "# One step or several\n\nWhat other threads can see in the middle of an operation on a shared built-in \
    object: nothing, where it is *one step*; else which steps it is made of. Written from `runtime/src/modules/atomicity` by \
    `cargo test -p runtime atomicity`, which fails when a method of a type is missing; with `RADDLE_WRITE_REFERENCE=1` it \
    writes this file anew.\n\nThe guide is CPython's page of thread-safety guarantees, and what its free-threaded build is \
    seen to do. Where Raddle promises more, programs should not rely on it elsewhere: `a | b` of dicts and sets, `a == b` of \
    dicts, and `sort`, of which other threads keep what they put in.\n\nThe last column names the scenarios that show it, on \
    the code that runs; where it is empty, the operation is a section of the object's lock like the others and has no \
    scenario of its own. A section gives its locks up when its thread blocks or stops for the collector, which only Python \
    code inside of it can bring about.\n\n`len`, and the length that an iterator of a dict or set begins with, \
    is a look of its own that takes no lock: in the middle of an operation it may find the old length where an index, a key \
    or `in` finds the new items, also where the operation is one step for all others.\n";

fn page() -> String {
    let mut out = HEAD.to_owned();
    for (id, table) in rows::NATIVE.iter().chain(library::ITERATORS) {
        section(&mut out, id.def().module, id.def().name, table);
    }
    for (name, table) in rows::PYTHON {
        section(&mut out, "threading", name, table);
    }
    out
}

fn section(out: &mut String, module: &str, name: &str, table: Table) {
    write!(out, "\n## {module}.{name}\n\n").expect("a string takes it");
    *out += "| operation | steps | shown by |\n|---|---|---|\n";
    for operation in table {
        let names: Vec<String> = names(operation).map(|name| format!("`{name}`")).collect();
        let steps = match operation.steps {
            Steps::One("") => "one step".to_owned(),
            Steps::One(unless) => format!("one step, unless {unless}"),
            Steps::Many(which) => which.to_owned(),
        };
        let shown: Vec<String> = (operation.shown_by.split(", "))
            .filter(|name| !name.is_empty())
            .map(|name| format!("`{name}`"))
            .collect();
        let (names, shown) = (names.join(", "), shown.join(", "));
        writeln!(out, "| {names} | {steps} | {shown} |").expect("a string takes it");
    }
}

fn names(operation: &Operation) -> impl Iterator<Item = &'static str> {
    operation.names.split_whitespace()
}

/// What the table of a type has: its members, and the names of its slots.
fn declared(def: &'static TypeDef) -> BTreeSet<&'static str> {
    let members = def.members.iter().map(|member| match member {
        Member::Method(def) | Member::Static(def) | Member::Class(def) => def.name,
        Member::Property { name, .. } | Member::Constant { name, .. } => *name,
    });
    let slots = Dunder::ALL.iter().filter(|dunder| def.slots.has(**dunder));
    members.chain(slots.map(|dunder| dunder.name())).collect()
}

/// The methods that a class of `lib/threading.py` defines.
fn defined(class: &str) -> BTreeSet<&'static str> {
    let source = include_str!("../lib/threading.py");
    let from = source.lines().skip_while(|line| {
        let head = line
            .strip_prefix("class ")
            .and_then(|line| line.strip_prefix(class));
        !head.is_some_and(|rest| rest.starts_with([':', '(']))
    });
    let body = from
        .skip(1)
        .take_while(|line| line.is_empty() || line.starts_with(' '));
    body.filter_map(|line| line.strip_prefix("    def ")?.split('(').next())
        .collect()
}

/// What is wrong with a table.
fn faults(name: &str, table: Table, has: &BTreeSet<&str>) -> Vec<String> {
    let mut told = BTreeSet::new();
    let mut faults = Vec::new();
    for operation in table.iter().flat_map(names) {
        if !told.insert(operation) {
            faults.push(format!("{name}.{operation} stands there twice"));
        }
        if !has.contains(operation) {
            faults.push(format!("{name} has no {operation}"));
        }
    }
    let missing = has.iter().filter(|operation| !told.contains(**operation));
    faults.extend(missing.map(|operation| format!("{name}.{operation} is missing")));
    faults
}

#[test]
fn atomicity_has_every_method_of_every_type() {
    let native = rows::NATIVE
        .iter()
        .chain(library::ITERATORS)
        .flat_map(|(id, table)| {
            let def = id.def();
            faults(def.name, table, &declared(def))
        });
    let python = rows::PYTHON
        .iter()
        .flat_map(|(name, table)| faults(name, table, &defined(name)));
    let told: Vec<String> = native.chain(python).collect();
    assert!(told.is_empty(), "{}", told.join("\n"));
}

#[test]
fn atomicity_page_is_what_the_tables_say() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/atomicity.md");
    let page = page();
    if std::env::var_os("RADDLE_WRITE_REFERENCE").is_some() {
        std::fs::write(path, &page).expect("the file can be written");
    }
    let written = std::fs::read_to_string(path).expect("it is in the repository");
    assert!(
        written == page,
        "docs/atomicity.md is old; RADDLE_WRITE_REFERENCE=1 writes it anew"
    );
}

#[test]
fn atomicity_says_what_is_missing_and_what_is_not_there() {
    const TABLE: Table = &[Operation {
        names: "append add append",
        steps: Steps::One(""),
        shown_by: "",
    }];
    let told = faults("list", TABLE, &BTreeSet::from(["append", "pop"]));
    let expected = [
        "list has no add",
        "list.append stands there twice",
        "list.pop is missing",
    ];
    assert_eq!(told, expected);
}
