//! Which public functions the scenarios can reach: by name, from what the scenarios write, through what that calls.
//!
//! Names do not tell two functions of one name apart, so a function may be called reached that is not; one that is
//! called unreached is.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{Block, ImplItemFn, ItemFn, ItemMod, Signature, Visibility};

use crate::error::{Error, Result};
use crate::source::{self, Source};

/// One function.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Function {
    /// Its file.
    pub file: String,
    /// Its name.
    pub name: String,
    /// Whether everybody may call it.
    pub is_public: bool,
    /// The names in its body.
    names: BTreeSet<String>,
}

/// The functions of these files, without those of unit tests.
#[must_use]
pub fn functions(sources: &[Source]) -> Vec<Function> {
    let mut found = Vec::new();
    for source in sources.iter().filter(|source| !source.is_test) {
        if let Ok(syntax) = syn::parse_file(&source.text) {
            let mut finder = Finder {
                source,
                found: Vec::new(),
            };
            finder.visit_file(&syntax);
            found.append(&mut finder.found);
        }
    }
    found
}

struct Finder<'a> {
    source: &'a Source,
    found: Vec<Function>,
}

impl Finder<'_> {
    fn add(&mut self, signature: &Signature, visibility: &Visibility, block: &Block) {
        self.found.push(Function {
            file: self.source.path.clone(),
            name: signature.ident.to_string(),
            is_public: matches!(visibility, Visibility::Public(_)),
            names: names(&self.source.text[block.span().byte_range()]),
        });
    }
}

impl<'ast> Visit<'ast> for Finder<'_> {
    fn visit_item_fn(&mut self, item: &'ast ItemFn) {
        if !source::is_for_tests(&item.attrs) {
            self.add(&item.sig, &item.vis, &item.block);
        }
    }

    fn visit_impl_item_fn(&mut self, item: &'ast ImplItemFn) {
        self.add(&item.sig, &item.vis, &item.block);
    }

    fn visit_item_mod(&mut self, item: &'ast ItemMod) {
        if !source::is_for_tests(&item.attrs) {
            visit::visit_item_mod(self, item);
        }
    }
}

/// The names in some code, without comments.
#[must_use]
pub fn names(code: &str) -> BTreeSet<String> {
    let without = code
        .lines()
        .map(|line| line.split("//").next().unwrap_or(line));
    let is_part = |letter: char| letter.is_alphanumeric() || letter == '_';
    without
        .flat_map(|line| line.split(move |letter| !is_part(letter)))
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// The names in every Rust file below a folder.
///
/// # Errors
/// When one cannot be read.
pub fn names_below(folder: &Path) -> Result<BTreeSet<String>> {
    let mut found = BTreeSet::new();
    let entries = fs::read_dir(folder).map_err(|error| Error::file("read", folder, &error))?;
    for entry in entries {
        let path = entry
            .map_err(|error| Error::file("read", folder, &error))?
            .path();
        if path.is_dir() {
            found.append(&mut names_below(&path)?);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text =
                fs::read_to_string(&path).map_err(|error| Error::file("read", &path, &error))?;
            found.append(&mut names(&text));
        }
    }
    Ok(found)
}

/// The public functions that nothing reaches from these names.
#[must_use]
pub fn unreached(functions: &[Function], from: BTreeSet<String>) -> BTreeSet<(String, String)> {
    let mut by_name: BTreeMap<&str, Vec<&Function>> = BTreeMap::new();
    for function in functions {
        by_name.entry(&function.name).or_default().push(function);
    }
    let mut reached: BTreeSet<String> = BTreeSet::new();
    let mut open: Vec<String> = from.into_iter().collect();
    while let Some(name) = open.pop() {
        let called = by_name.get(name.as_str());
        if reached.insert(name.clone()) {
            let bodies = called.into_iter().flatten();
            open.extend(bodies.flat_map(|function| function.names.iter().cloned()));
        }
    }
    functions
        .iter()
        .filter(|function| function.is_public && !reached.contains(&function.name))
        .map(|function| (function.file.clone(), function.name.clone()))
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{functions, names, unreached};
    use crate::source::Source;

    #[test]
    fn what_is_called_through_others_is_reached() {
        let text = "pub fn a() { b() }\nfn b() { c() } // d\npub fn c() {}\npub fn d() {}\n";
        let source = Source {
            path: "x.rs".to_owned(),
            text: text.to_owned(),
            is_test: false,
        };
        let found = unreached(&functions(&[source]), names("a();"));
        let expected = [("x.rs".to_owned(), "d".to_owned())];
        assert_eq!(found, BTreeSet::from(expected));
    }
}
