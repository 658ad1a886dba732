//! The worlds' facades are one: every item has the same name and the same type in each of them.
//!
//! `items` is compiled once a world, so a different type does not compile; the tests compare the lists of names.

#![allow(
    clippy::duplicate_mod,
    clippy::type_complexity,
    reason = "one file is mounted on every world, and it spells out types in full"
)]

mod graph;
mod loom;
mod native;
mod shuttle;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// What a file calls its public items, with the file's name in front.
type Names = BTreeSet<String>;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The public items of a facade. Its checker is no part of it: only the checks call that.
fn names(sync: &str) -> Names {
    let folder = root().join(sync);
    let files = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{sync}: {error}"));
    let mut names = Names::new();
    for file in files {
        let path = file.expect("the folder can be listed").path();
        let is_source = path.extension().is_some_and(|extension| extension == "rs");
        if is_source && !path.ends_with("checker.rs") {
            let name = path
                .file_stem()
                .expect("a file has a name")
                .to_string_lossy();
            let items = read(&path).lines().filter_map(item).collect::<Vec<_>>();
            names.extend(items.iter().map(|item| format!("{name}::{item}")));
        }
    }
    names
}

/// The public item that a line declares, as in `fn load`; macros declare theirs in the same form.
fn item(line: &str) -> Option<String> {
    let (_, declared) = line.trim_start().split_once("pub ")?;
    let declared = declared.strip_prefix("unsafe ").unwrap_or(declared);
    let mut words = declared.split(|c: char| !c.is_alphanumeric() && c != '_');
    let (kind, name) = (words.next()?, words.next()?);
    let is_item = ["fn", "struct", "enum", "mod"].contains(&kind) && !name.is_empty();
    (is_item && line.trim_start().starts_with("pub ")).then(|| format!("{kind} {name}"))
}

/// What only the interpreter above `objects/` asks for: worlds that do not mount it do not have them.
const ABOVE: [&str; 8] = [
    "event::fn awaits",
    "event::fn fetched",
    "event::fn gives",
    "event::fn looks",
    "event::fn signals",
    "event::fn takes",
    "thread::fn native_id",
    "time::fn system_clock",
];

/// The items that every world has.
fn common() -> Names {
    let mut native = names("runtime/src/sync");
    for above in ABOVE {
        assert!(native.remove(above), "{above} is not there");
    }
    native
}

#[test]
fn every_world_has_the_items_of_the_native_one() {
    let common = common();
    assert!(common.contains("park::fn unpark_one"), "{common:?}");
    for world in [
        "models/graph/src/sync",
        "models/loom/src/sync",
        "models/shuttle/src/sync",
    ] {
        assert_eq!(names(world), common, "{world}");
    }
}

#[test]
fn the_world_of_programs_has_all_items() {
    let mut native = names("runtime/src/sync");
    // Its engine is asked by the explorer, not by checks.
    native.remove("mod::mod checker");
    assert_eq!(names("models/program/src/sync"), native);
}

#[test]
fn every_item_has_its_type_compared() {
    let compared = read(&root().join("checks/tests/surface/items.rs"));
    for item in common() {
        let name = item.rsplit(' ').next().expect("an item has a name");
        assert!(compared.contains(name), "{item} is not in items.rs");
    }
}
