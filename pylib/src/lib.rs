//! The files of Python's library that are written in Python.
//!
//! They are those of CPython as the package `rustpython-pylib` has them (licence: the Python Software Foundation's), and
//! are packed into the binary: it needs neither the network nor a folder beside it. Paths are relative, with slashes.

use miniz_oxide::inflate::decompress_to_vec;

/// Path, start and length of each file in [`BLOB`], by path.
const TABLE: &[(&str, usize, usize)] = include!(concat!(env!("OUT_DIR"), "/table.rs"));

/// The files, each compressed.
const BLOB: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/blob"));

/// The paths of all files, in order.
pub fn paths() -> impl Iterator<Item = &'static str> {
    TABLE.iter().map(|(path, ..)| *path)
}

/// Whether there is a file of this path.
#[must_use]
pub fn has(path: &str) -> bool {
    position(path).is_some()
}

/// What a file says; nothing if there is none of this path.
#[must_use]
pub fn read(path: &str) -> Option<Vec<u8>> {
    let (_, start, len) = TABLE[position(path)?];
    decompress_to_vec(&BLOB[start..start + len]).ok()
}

fn position(path: &str) -> Option<usize> {
    TABLE.binary_search_by_key(&path, |(known, ..)| known).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_can_be_read() {
        let paths: Vec<_> = paths().collect();
        assert!(paths.len() > 400, "only {} files", paths.len());
        for path in paths {
            let text = read(path).unwrap_or_else(|| panic!("{path} is damaged"));
            assert!(
                text.is_empty() || text.ends_with(b"\n") || text.is_ascii(),
                "{path}"
            );
        }
    }

    #[test]
    fn only_what_is_there_is_there() {
        assert!(has("queue.py") && has("collections/__init__.py"));
        assert!(!has("collections") && !has("idlelib/__init__.py") && !has("../Cargo.toml"));
        assert_eq!(read("no_such.py"), None);
        let text = read("keyword.py").expect("it is there");
        assert!(String::from_utf8_lossy(&text).contains("'yield'"));
    }
}
