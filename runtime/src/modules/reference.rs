//! The page of every built-in type and module, `docs/reference.md`, written from their tables.

use std::fmt::Write;

use crate::modules;
use crate::types::TypeId;
use crate::types::define::{Member, TypeDef};
use crate::types::signature;

const HEAD: &str = "# Built-in types and modules\n\nWritten from the tables in `runtime/src/types` and \
    `runtime/src/modules` by `cargo test -p runtime reference`; with `RADDLE_WRITE_REFERENCE=1` it writes this file \
    anew. Special methods are not shown.\n";

/// The whole page.
fn page() -> String {
    let mut out = HEAD.to_owned();
    out += "\n## Types\n";
    for id in TypeId::ALL {
        type_(&mut out, id.def());
    }
    out += "\n## Modules\n";
    for module in modules::ALL {
        write!(out, "\n### {}\n", module.name).expect("a string takes it");
        paragraph(&mut out, module.doc);
        rows(&mut out, module.members);
    }
    out
}

fn type_(out: &mut String, def: &TypeDef) {
    let base = match def.name {
        "object" => String::new(),
        _ => format!("({})", def.base.def().name),
    };
    write!(out, "\n### {}.{}{base}\n", def.module, def.name).expect("a string takes it");
    paragraph(out, def.doc);
    rows(out, def.members);
}

fn paragraph(out: &mut String, text: &str) {
    let first = text.trim().split("\n\n").next().unwrap_or_default();
    if !first.is_empty() {
        *out += "\n";
        first
            .lines()
            .for_each(|line| *out += &format!("{}\n", line.trim()));
    }
}

fn rows(out: &mut String, members: &[Member]) {
    let rows: Vec<String> = members.iter().filter_map(row).collect();
    if !rows.is_empty() {
        *out += "\n";
        rows.iter().for_each(|row| *out += row);
    }
}

/// A line of the list; special names need none.
fn row(member: &Member) -> Option<String> {
    let (name, shown, doc) = match member {
        Member::Method(def) | Member::Static(def) | Member::Class(def) => {
            let of_class = matches!(member, Member::Class(_));
            let shown = format!(
                "{}{}",
                def.name,
                signature::of(def, of_class).replace('$', "")
            );
            (def.name, shown, def.doc)
        }
        Member::Property { name, doc, .. } => (*name, (*name).to_owned(), *doc),
        Member::Constant { name, .. } => (*name, (*name).to_owned(), ""),
    };
    let first = doc.trim().lines().next().unwrap_or_default().trim();
    let colon = if first.is_empty() { "" } else { ": " };
    (!name.starts_with("__")).then(|| format!("* `{shown}`{colon}{first}\n"))
}

#[test]
fn the_reference_is_what_the_tables_say() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/reference.md");
    let page = page();
    if std::env::var_os("RADDLE_WRITE_REFERENCE").is_some() {
        std::fs::write(path, &page).expect("the file can be written");
    }
    let written = std::fs::read_to_string(path).expect("it is in the repository");
    assert!(
        written == page,
        "docs/reference.md is old; RADDLE_WRITE_REFERENCE=1 writes it anew"
    );
}
