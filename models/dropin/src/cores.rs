//! The cores of the machine, shared by all models that are explored at once, in whatever process.
//!
//! Each holds a locked file below the target folder. How many are locked says how many models
//! there are; a process that ends lets its own go.

use std::fs::{self, File};
use std::path::PathBuf;
use std::thread;

use crate::report;

/// A model's place among those that are explored.
pub(crate) struct Cores {
    count: usize,
    folder: Option<PathBuf>,
    /// The number of its file, and the lock on it; none where all are taken.
    _own: Option<File>,
}

impl Cores {
    /// A place for one model more.
    pub(crate) fn new() -> Cores {
        let count = thread::available_parallelism().map_or(1, usize::from);
        let folder = report::target().map(|target| target.join("raddle").join("cores"));
        let folder = folder.filter(|folder| fs::create_dir_all(folder).is_ok());
        let files = folder
            .iter()
            .flat_map(|folder| files(folder.clone(), count));
        let own = files.into_iter().find(|file| file.try_lock().is_ok());
        Cores {
            count,
            folder,
            _own: own,
        }
    }

    /// How many threads the model may explore with now. Where nothing is known of others, one.
    pub(crate) fn share(&self) -> usize {
        let Some(folder) = &self.folder else {
            return 1;
        };
        let taken = |file: &File| file.try_lock().is_err();
        let models = files(folder.clone(), self.count).filter(taken).count();
        (self.count / models.max(1)).max(1)
    }
}

/// A file for each core.
fn files(folder: PathBuf, count: usize) -> impl Iterator<Item = File> {
    let file = move |core: usize| File::create(folder.join(core.to_string())).ok();
    (0..count).filter_map(file)
}
