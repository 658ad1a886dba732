//! The files that a command leaves behind.

use std::fs;
use std::path::{Path, PathBuf};

use crate::stop::Stop;

/// The directory that `--out` names.
#[derive(Debug)]
pub(crate) struct Files {
    root: PathBuf,
}

impl Files {
    /// Makes the directory, before any work is done in vain.
    pub(crate) fn at(root: &Path) -> Result<Self, Stop> {
        let files = Self {
            root: root.to_owned(),
        };
        fs::create_dir_all(root).map_err(|error| refused(root, &error))?;
        Ok(files)
    }

    /// Writes a file below the directory and gives its path.
    pub(crate) fn write(&self, name: &str, text: &str) -> Result<PathBuf, Stop> {
        let path = self.root.join(name);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(|error| refused(folder, &error))?;
        }
        fs::write(&path, text).map_err(|error| refused(&path, &error))?;
        Ok(path)
    }

    /// The line that says where the files are.
    pub(crate) fn last_line(&self) -> String {
        format!("Files are in {}", self.root.display())
    }
}

fn refused(path: &Path, error: &std::io::Error) -> Stop {
    Stop::usage(format_args!("cannot write {}: {error}", path.display()))
}
