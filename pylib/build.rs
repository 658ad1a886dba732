//! Packs the package's files: a table of paths, and one blob of what each is when compressed.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use miniz_oxide::deflate::compress_to_vec;

/// What needs a window, a database or an installer, and what nobody imports.
const LEFT_OUT: &[&str] = &[
    "_pyrepl",
    "ctypes",
    "dbm",
    "ensurepip",
    "idlelib",
    "pydoc_data",
    "sqlite3",
    "tkinter",
    "turtle.py",
    "turtledemo",
    "venv",
];

/// How hard to compress, of 10: more than this saves next to nothing.
const LEVEL: u8 = 7;

fn main() -> io::Result<()> {
    let root = Path::new(rustpython_pylib::LIB_PATH);
    println!("cargo:rerun-if-changed=build.rs");
    let mut files = Vec::new();
    for entry in entries(root)? {
        let name = entry.file_name().unwrap_or_default();
        if !LEFT_OUT.iter().any(|left_out| name == *left_out) {
            gather(&entry, &mut files)?;
        }
    }
    files.sort();
    let (mut table, mut blob) = (String::from("&[\n"), Vec::new());
    for file in files {
        let packed = compress_to_vec(&fs::read(&file)?, LEVEL);
        let path = file.strip_prefix(root).map_err(io::Error::other)?;
        let path = path.to_string_lossy().replace('\\', "/");
        let (start, len) = (blob.len(), packed.len());
        writeln!(table, "    ({path:?}, {start}, {len}),").map_err(io::Error::other)?;
        blob.extend(packed);
    }
    table.push_str("]\n");
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or(io::ErrorKind::NotFound)?);
    fs::write(out.join("table.rs"), table)?;
    fs::write(out.join("blob"), blob)
}

/// Every Python file in a file or folder.
fn gather(path: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    if path.is_dir() {
        return entries(path)?
            .iter()
            .try_for_each(|entry| gather(entry, files));
    }
    if path.extension().is_some_and(|extension| extension == "py") {
        files.push(path.to_owned());
    }
    Ok(())
}

fn entries(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder)?;
    entries.map(|entry| Ok(entry?.path())).collect()
}
