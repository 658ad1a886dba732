//! The files that the rules are about.

use std::fs;
use std::path::{Path, PathBuf};

use crate::lexer::{self, Line};

/// The folders of the interpreter; the models mount the first two.
const SHARED: [&str; 8] = [
    "protocols",
    "objects",
    "text",
    "compile",
    "syntax",
    "eval",
    "types",
    "modules",
];

/// One file, taken apart.
#[derive(Clone, Debug)]
pub(crate) struct Source {
    /// Its path from the root of the repository, with `/`.
    pub(crate) path: String,
    /// What it says.
    pub(crate) text: String,
    /// Its lines, without those of its unit tests.
    pub(crate) lines: Vec<Line>,
}

impl Source {
    /// A file that is not on the disk, or one that is.
    pub(crate) fn new(path: &str, text: &str) -> Self {
        let mut lines = lexer::lines(text);
        lines.truncate(end_of_code(&lines));
        Self {
            path: path.to_owned(),
            text: text.to_owned(),
            lines,
        }
    }

    /// The folder of the shared source that it lies in.
    pub(crate) fn layer(&self) -> Option<&str> {
        let inside = self.path.strip_prefix("runtime/src/")?;
        let layer = inside.split('/').next()?.trim_end_matches(".rs");
        SHARED.contains(&layer).then_some(layer)
    }

    /// Whether it is a test, rather than what is tested.
    pub(crate) fn is_test(&self) -> bool {
        self.path.contains("/tests/") || self.path.starts_with("tests/")
    }

    /// A complaint about a line, counted from 0.
    pub(crate) fn complain(&self, line: usize, what: impl std::fmt::Display) -> String {
        format!("{}:{}: {what}", self.path, line + 1)
    }

    /// All its code, lines ended.
    pub(crate) fn code(&self) -> String {
        self.lines
            .iter()
            .map(|line| format!("{}\n", line.code))
            .collect()
    }
}

/// Unit tests end a file.
fn end_of_code(lines: &[Line]) -> usize {
    let tests = |pair: &[Line]| {
        pair[0].code.trim() == "#[cfg(test)]" && pair[1].code.trim_start().starts_with("mod ")
    };
    lines.windows(2).position(tests).unwrap_or(lines.len())
}

/// The root of the repository.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the crate lies in the workspace")
        .to_owned()
}

/// Every Rust file of the workspace.
pub(crate) fn all() -> Vec<Source> {
    let root = root();
    let mut files = Vec::new();
    for folder in [
        "src", "tests", "runtime", "models", "checks", "explain", "forms", "fuzz", "reports",
    ] {
        collect(&root.join(folder), &mut files);
    }
    files.sort();
    files
        .iter()
        .map(|path| {
            let text = fs::read_to_string(path).expect("the file can be read");
            let path = path.strip_prefix(&root).expect("it lies below the root");
            Source::new(&path.to_string_lossy().replace('\\', "/"), &text)
        })
        .collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries {
        let path = entry.expect("the folder can be read").path();
        if path.is_dir() {
            if path.file_name().is_some_and(|name| name != "target") {
                collect(&path, files);
            }
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}
