//! The files that a command leaves behind, and what it prints of them.

use std::fs;
use std::path::{Path, PathBuf};

use crate::cli::Format;
use crate::console;
use crate::stop::Stop;

/// The text of a file.
pub(crate) fn read(path: &Path) -> Result<String, Stop> {
    fs::read_to_string(path).map_err(|error| Stop::of_file(path, error))
}

/// The directory that `--out` names.
#[derive(Debug)]
pub(crate) struct Files {
    root: PathBuf,
}

impl Files {
    /// Makes the directory and tries to write in it, before any work is done in vain.
    pub(crate) fn at(root: &Path) -> Result<Self, Stop> {
        let files = Self {
            root: root.to_owned(),
        };
        fs::create_dir_all(root).map_err(|error| refused(root, &error))?;
        let probe = files.path(".probe");
        fs::write(&probe, "").map_err(|error| refused(root, &error))?;
        fs::remove_file(&probe).map_err(|error| refused(root, &error))?;
        Ok(files)
    }

    /// Where a file of this name is.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.root.join(name)
    }

    /// Writes a file below the directory.
    pub(crate) fn write(&self, name: &str, text: &str) -> Result<(), Stop> {
        let path = self.path(name);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(|error| refused(folder, &error))?;
        }
        // What is there already stays until the new text is whole: it may be what a check goes on from.
        let whole = path.with_extension("partial");
        fs::write(&whole, text)
            .and_then(|()| fs::rename(&whole, &path))
            .map_err(|error| refused(&path, &error))
    }

    /// Writes a result in all its forms and prints the one that is wanted; the last line says where the files are.
    pub(crate) fn publish(
        &self,
        name: &str,
        wanted: Format,
        text: &str,
        json: &str,
        junit: &str,
    ) -> Result<(), Stop> {
        self.write(&format!("{name}.txt"), text)?;
        self.write(&format!("{name}.json"), json)?;
        self.write(&format!("{name}.xml"), junit)?;
        let last = format!("files: {}", self.root.display());
        match wanted {
            Format::Text => return console::print(&format!("{text}{last}\n")),
            Format::Json => console::print(json)?,
            Format::Junit => console::print(junit)?,
        }
        console::note(&last);
        Ok(())
    }
}

fn refused(path: &Path, error: &std::io::Error) -> Stop {
    Stop::usage(format_args!("cannot write to {}: {error}", path.display()))
}
