//! The library's files, which are in the binary: `sys.path` has them as a folder of this name.

use std::path::PathBuf;

/// What stands for the library's folder in `sys.path`, and in the names of its files.
pub(crate) const ROOT: &str = "<library>";

/// A module's file, and the folder of a package.
pub(super) type Files = (PathBuf, Option<PathBuf>);

/// The path within the library, if the path leads there; the library itself is the empty one.
fn inside(path: &str) -> Option<&str> {
    let rest = path.strip_prefix(ROOT)?;
    if rest.is_empty() {
        return Some("");
    }
    rest.strip_prefix('/')
}

/// The path of a module within the library, if the folder is one of the library's.
pub(super) fn path_in(folder: &str, name: &str) -> Option<String> {
    Some(match inside(folder)? {
        "" => name.to_owned(),
        folder => format!("{folder}/{name}"),
    })
}

/// The files of the module of that path.
pub(super) fn look(path: &str) -> Option<Files> {
    let shown = |path: &str| PathBuf::from(format!("{ROOT}/{path}"));
    let (init, file) = (format!("{path}/__init__.py"), format!("{path}.py"));
    if pylib::has(&init) {
        return Some((shown(&init), Some(shown(path))));
    }
    pylib::has(&file).then(|| (shown(&file), None))
}

/// What a file of the library says.
pub(super) fn read(file: &str) -> Option<Vec<u8>> {
    pylib::read(inside(file)?)
}
