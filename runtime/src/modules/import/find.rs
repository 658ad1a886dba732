//! Where a module is: among the built-in ones, or in a folder of the search path.

use std::path::{Path, PathBuf};

use crate::eval::Outcome;
use crate::eval::cx::Cx;
use crate::eval::ops::{attribute, iterate};
use crate::modules::import::{built_in, packed, source};
use crate::refs::{Owned, Ref};
use crate::types::TypeId;

/// A module that was found.
pub(super) enum Found {
    /// One without a file.
    BuiltIn(built_in::Parts),
    /// A file; of a package, its `__init__.py`.
    File {
        file: PathBuf,
        /// The folder of a package.
        package: Option<PathBuf>,
    },
    /// A package without a file: its folders.
    Namespace(Vec<String>),
}

impl Found {
    /// Makes the module and runs its code, and calls `ready` before others may have it.
    pub(super) fn load(self, cx: &Cx, name: &str, ready: &source::Ready<'_>) -> Outcome {
        match self {
            Found::BuiltIn(parts) => built_in::load(cx, parts, ready),
            Found::File { file, package } => {
                source::load(cx, name, &file, package.as_deref(), ready)
            }
            Found::Namespace(folders) => source::load_namespace(cx, name, &folders, ready),
        }
    }
}

/// Finds a module that is in no package. As in CPython, only those that are part of the interpreter itself come before
/// the search path.
pub(super) fn top_level(cx: &Cx, name: &str) -> Outcome<Option<Found>> {
    let parts = built_in::named(name);
    if let Some(parts) = parts.filter(|_| built_in::is_built_in_name(name)) {
        return Ok(Some(Found::BuiltIn(parts)));
    }
    let path = attribute::in_dict(cx, cx.world().sys(), cx.world().names.search_path())?;
    let path = path.unwrap_or(Owned::NONE);
    let file = match path.borrow().not_none() {
        Some(path) => in_folders(cx, name, path)?,
        None => None,
    };
    Ok(file.or(parts.map(Found::BuiltIn)))
}

/// Finds a module of a package.
pub(super) fn in_package(
    cx: &Cx,
    name: &str,
    child: &str,
    path: Ref<'_>,
) -> Outcome<Option<Found>> {
    if let Some(parts) = built_in::named(name) {
        return Ok(Some(Found::BuiltIn(parts)));
    }
    in_folders(cx, child, path)
}

/// Looks through folders in order; a folder of the name without an `__init__.py` counts when there is nothing better.
fn in_folders(cx: &Cx, name: &str, path: Ref<'_>) -> Outcome<Option<Found>> {
    let mut portions = Vec::new();
    for entry in iterate::collect(cx, path)? {
        if !cx.is_instance(entry.borrow(), TypeId::Str) {
            continue;
        }
        let folder = cx.text_of(entry.borrow()).to_owned();
        let looked = match packed::path_in(&folder, name) {
            Some(path) => in_library(&path),
            None => cx.blocking(|| look(&folder, name)),
        };
        match looked {
            Some(Found::Namespace(more)) => portions.extend(more),
            Some(found) => return Ok(Some(found)),
            None => {}
        }
    }
    Ok((!portions.is_empty()).then_some(Found::Namespace(portions)))
}

/// Looks for a module of the library. What the interpreter has of its own is better.
fn in_library(path: &str) -> Option<Found> {
    if let Some(parts) = built_in::named(&path.replace('/', ".")) {
        return Some(Found::BuiltIn(parts));
    }
    packed::look(path).map(|(file, package)| Found::File { file, package })
}

/// Looks into one folder; the empty name is the current one.
fn look(folder: &str, name: &str) -> Option<Found> {
    let folder = match folder {
        "" => std::env::current_dir().ok()?,
        folder => std::path::absolute(folder).ok()?,
    };
    let package = folder.join(name);
    let is_folder = package.is_dir();
    let init = package.join("__init__.py");
    if is_folder && is_file(&init) {
        return Some(Found::File {
            file: init,
            package: Some(package),
        });
    }
    let file = folder.join(format!("{name}.py"));
    if is_file(&file) {
        return Some(Found::File {
            file,
            package: None,
        });
    }
    is_folder.then(|| Found::Namespace(vec![package.to_string_lossy().into_owned()]))
}

fn is_file(path: &Path) -> bool {
    path.is_file()
}
