//! Why the program cannot go on.

use std::fmt;
use std::io;
use std::path::Path;

/// One line for the user.
#[derive(Debug)]
pub struct Error(pub String);

/// What most functions here give.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// A file that could not be read or written.
    #[must_use]
    pub fn file(what: &str, path: &Path, error: &io::Error) -> Self {
        Self(format!("cannot {what} {}: {error}", path.display()))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Error {}
