//! The files that mutants are made of: the module tree below a root, without what only tests mount.

use std::fs;
use std::path::{Path, PathBuf};

use syn::{Attribute, Item};

use crate::error::{Error, Result};

/// One file.
#[derive(Debug)]
pub struct Source {
    /// Its path below `runtime/src`, with `/`.
    pub path: String,
    /// What it says.
    pub text: String,
    /// Whether only unit tests mount it: it is copied and not changed.
    pub is_test: bool,
}

/// The files of the modules `roots` below `folder`.
///
/// # Errors
/// When a file cannot be read or is no Rust.
pub fn files(folder: &Path, roots: &[&str]) -> Result<Vec<Source>> {
    let mut found = Vec::new();
    for root in roots {
        let path = folder.join(root).join("mod.rs");
        follow(folder, &path, false, &mut found)?;
    }
    found.sort_by(|left, right| left.path.cmp(&right.path));
    Ok(found)
}

fn follow(folder: &Path, path: &Path, is_test: bool, found: &mut Vec<Source>) -> Result<()> {
    let text = fs::read_to_string(path).map_err(|error| Error::file("read", path, &error))?;
    let syntax =
        syn::parse_file(&text).map_err(|error| Error(format!("{}: {error}", path.display())))?;
    for item in &syntax.items {
        if let Item::Mod(module) = item
            && module.content.is_none()
        {
            let inner = is_test || is_for_tests(&module.attrs);
            follow(
                folder,
                &child(path, &module.ident.to_string()),
                inner,
                found,
            )?;
        }
    }
    let below = path.strip_prefix(folder).unwrap_or(path);
    found.push(Source {
        path: below.to_string_lossy().replace('\\', "/"),
        text,
        is_test,
    });
    Ok(())
}

/// Where the module `name` of the file at `path` lies.
fn child(path: &Path, name: &str) -> PathBuf {
    let folder = if path.ends_with("mod.rs") {
        path.with_file_name("")
    } else {
        path.with_extension("")
    };
    let file = folder.join(format!("{name}.rs"));
    if file.exists() {
        file
    } else {
        folder.join(name).join("mod.rs")
    }
}

/// Whether an item is there for unit tests only.
#[must_use]
pub fn is_for_tests(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("test")
            || attribute.path().is_ident("cfg")
                && attribute
                    .parse_args::<syn::Path>()
                    .is_ok_and(|path| path.is_ident("test"))
    })
}
