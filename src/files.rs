//! The files that a command leaves behind, and what it prints of them.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};
use std::process;

use crate::console;
use crate::legible;
use crate::stop::Stop;

/// Where a run that was not told writes, below a cargo project.
const BELOW_PROJECT: &str = "target/raddle";

/// The text of a file.
pub(crate) fn read(path: &Path) -> Result<String, Stop> {
    fs::read_to_string(path).map_err(|error| Stop::of_file(path, error))
}

/// The text of a saved form, in which nothing steers a terminal.
pub(crate) fn saved(path: &Path) -> Result<String, Stop> {
    read(path).map(legible::saved)
}

/// A file to be written: its name below the directory, and its text.
pub(crate) type Document = (String, String);

/// The directory of a run, which no other run writes to meanwhile.
#[derive(Debug)]
pub(crate) struct Files {
    root: PathBuf,
    /// Held until the run ends.
    _lock: File,
}

impl Files {
    /// Makes the directory and tries to write in it, before any work is done in vain.
    ///
    /// A directory that was named is waited for while another run writes to it; without a name, the next free one beside
    /// the usual one is taken.
    pub(crate) fn open(named: Option<&Path>) -> Result<Self, Stop> {
        match named {
            Some(root) => Self::wait(root),
            None => Self::free(&usual()),
        }
    }

    fn wait(root: &Path) -> Result<Self, Stop> {
        let lock = lock_file(root)?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                console::note(&format!(
                    "raddle: waiting for another run that writes to {}",
                    root.display()
                ));
                lock.lock().map_err(|error| refused(root, &error))?;
            }
            Err(TryLockError::Error(error)) => return Err(refused(root, &error)),
        }
        Ok(Self::locked(root, lock))
    }

    fn free(usual: &Path) -> Result<Self, Stop> {
        let mut root = usual.to_owned();
        let mut number = 1;
        loop {
            let lock = lock_file(&root)?;
            match lock.try_lock() {
                Ok(()) => return Ok(Self::locked(&root, lock)),
                Err(TryLockError::WouldBlock) => number += 1,
                Err(TryLockError::Error(error)) => return Err(refused(&root, &error)),
            }
            root = PathBuf::from(format!("{}-{number}", usual.display()));
        }
    }

    fn locked(root: &Path, lock: File) -> Self {
        Self {
            root: root.to_owned(),
            _lock: lock,
        }
    }

    /// Where a file of this name is.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.root.join(name)
    }

    /// Writes a file below the directory.
    pub(crate) fn write(&self, name: &str, text: &str) -> Result<(), Stop> {
        write_whole(&self.path(name), text, None)
    }

    /// Writes all that can be written, and says why one could not be.
    pub(crate) fn write_all(&self, documents: &[Document]) -> Result<(), Stop> {
        let written = documents.iter().map(|(name, text)| self.write(name, text));
        written.fold(Ok(()), Result::and)
    }

    /// The line that says where the files are.
    pub(crate) fn place(&self) -> String {
        let root = self.root.display().to_string();
        format!("files: {}", console::legible(&root))
    }
}

/// Writes a file, whose last text goes to `before` if that is asked for. What is there already stays until the new text
/// is whole: it may be what a check goes on from.
pub(crate) fn write_whole(path: &Path, text: &str, before: Option<&Path>) -> Result<(), Stop> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|error| refused(folder, &error))?;
    }
    let whole = path.with_extension(format!("{}.partial", process::id()));
    let written = fs::write(&whole, text).and_then(|()| {
        if let Some(before) = before {
            // Mostly there is one; the first time there is none.
            let _ = fs::rename(path, before);
        }
        fs::rename(&whole, path)
    });
    written.map_err(|error| {
        let _ = fs::remove_file(&whole);
        refused(path, &error)
    })
}

/// `target/raddle` in the cargo project that the working directory lies in, else a folder of the user's cache.
pub(crate) fn usual() -> PathBuf {
    let here = std::env::current_dir().unwrap_or_default();
    match project() {
        Some(project) if project == here => PathBuf::from(BELOW_PROJECT),
        Some(project) => project.join(BELOW_PROJECT),
        None => dirs::cache_dir()
            .unwrap_or_else(std::env::temp_dir)
            .join("raddle"),
    }
}

/// The cargo project that the working directory lies in.
pub(crate) fn project() -> Option<PathBuf> {
    let here = std::env::current_dir().ok()?;
    let is_project = |folder: &&Path| folder.join("Cargo.toml").is_file();
    here.ancestors().find(is_project).map(Path::to_owned)
}

/// Makes the directory and the file whose lock says that a run writes to it.
fn lock_file(root: &Path) -> Result<File, Stop> {
    fs::create_dir_all(root)
        .and_then(|()| File::create(root.join(".lock")))
        .map_err(|error| refused(root, &error))
}

fn refused(path: &Path, error: &std::io::Error) -> Stop {
    Stop::usage(format_args!("cannot write to {}: {error}", path.display()))
}
