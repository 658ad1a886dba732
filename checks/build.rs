//! Puts the text of the files that traces can point into beside the program, so that a report shows the lines as they were
//! built, wherever it is printed.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// The folders, from the repository's root.
const FOLDERS: [&str; 4] = [
    "checks/scenarios",
    "runtime/src/objects",
    "runtime/src/protocols",
    "runtime/src/sync",
];

fn main() -> io::Result<()> {
    let here = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    let root = here.parent().expect("the folder lies in the repository");
    let mut all: Vec<(String, PathBuf)> = Vec::new();
    for folder in FOLDERS {
        println!("cargo::rerun-if-changed={}", root.join(folder).display());
        for file in files(&root.join(folder))? {
            let name = file.strip_prefix(root).expect("it lies below the root");
            all.push((name.to_string_lossy().replace('\\', "/"), file));
        }
    }
    // By name, so that it is found by bisection.
    all.sort();
    let mut list = String::from("&[\n");
    for (name, file) in all {
        let _ = writeln!(list, "({name:?}, include_str!({file:?})),");
    }
    list.push_str("]\n");
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it"));
    fs::write(out.join("sources.rs"), list)?;
    fs::write(out.join("digest.rs"), digest(root)?.to_string())
}

/// What decides what a checker does beside the scenarios.
const CHECKERS: [&str; 6] = [
    "runtime/src/objects",
    "runtime/src/protocols",
    "models/graph/src",
    "models/graph/engine/src",
    "models/record/src",
    "reports/src",
];

/// FNV-1a of the names and texts of the checkers' files and of the dependencies' versions.
fn digest(root: &Path) -> io::Result<u64> {
    let mut all = vec![root.join("Cargo.lock")];
    for folder in CHECKERS {
        all.extend(files(&root.join(folder))?);
        println!("cargo::rerun-if-changed={}", root.join(folder).display());
    }
    println!(
        "cargo::rerun-if-changed={}",
        root.join("Cargo.lock").display()
    );
    all.sort();
    let mut hash = 0xCBF2_9CE4_8422_2325_u64;
    for file in all {
        let name = file.strip_prefix(root).expect("it lies below the root");
        let name = name.to_string_lossy().replace('\\', "/").into_bytes();
        for byte in name.into_iter().chain(fs::read(&file)?) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3);
        }
    }
    Ok(hash)
}

/// The Rust files in a folder and below it.
fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files(&path)?);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    Ok(found)
}
