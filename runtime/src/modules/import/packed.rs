//! The library's files, which are in the binary: `sys.path` has them as a folder of this name.

use std::path::PathBuf;

use crate::modules::import::built_in;
use crate::modules::import::find::Found;

/// What stands for the library's folder in `sys.path`, and in the names of its files.
pub(crate) const ROOT: &str = "<library>";

/// The path within the library, if the path leads there; the library itself is the empty one.
pub(super) fn inside(path: &str) -> Option<&str> {
    let rest = path.strip_prefix(ROOT)?;
    if rest.is_empty() {
        return Some("");
    }
    rest.strip_prefix('/')
}

/// Looks into a folder of the library. What the interpreter has of its own is better.
pub(super) fn look(folder: &str, name: &str) -> Option<Found> {
    let path = match folder {
        "" => name.to_owned(),
        folder => format!("{folder}/{name}"),
    };
    if let Some(parts) = built_in::named(&path.replace('/', ".")) {
        return Some(Found::BuiltIn(parts));
    }
    let shown = |path: &str| PathBuf::from(format!("{ROOT}/{path}"));
    let (init, file) = (format!("{path}/__init__.py"), format!("{path}.py"));
    if pylib::has(&init) {
        return Some(Found::File {
            file: shown(&init),
            package: Some(shown(&path)),
        });
    }
    pylib::has(&file).then(|| Found::File {
        file: shown(&file),
        package: None,
    })
}

/// What a file of the library says.
pub(super) fn read(file: &str) -> Option<Vec<u8>> {
    pylib::read(inside(file)?)
}
