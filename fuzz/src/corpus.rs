//! Programs on disk, one file each, named by their own text: two corpora merge by putting their files together.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::program::Program;
use crate::spec::TargetSpec;

/// What programs that failed are kept in, below the corpus.
const FAILURES: &str = "failures";

/// The largest file that is read.
const LARGEST: u64 = 64 << 10;

/// The name of a program: that of its target, and a number that follows from its text.
#[must_use]
pub fn name(program: &Program) -> String {
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    let hash = program
        .to_string()
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325, step);
    format!("{}-{hash:016x}", program.target.name)
}

/// Reads the programs of a target: those that failed first, each in the order of their names.
///
/// # Errors
/// The file that cannot be read or is no program, and why.
pub fn load(
    root: &Path,
    target: &str,
    targets: &[Arc<TargetSpec>],
) -> Result<Vec<Program>, (PathBuf, String)> {
    let mut programs = Vec::new();
    for folder in [root.join(FAILURES), root.to_owned()] {
        for path in files(&folder, target).map_err(|error| (folder.clone(), error.to_string()))? {
            let text = text(&path).map_err(|error| (path.clone(), error.to_string()))?;
            let program = Program::parse(&text, targets).map_err(|why| (path.clone(), why))?;
            programs.push(program);
        }
    }
    Ok(programs)
}

fn text(path: &Path) -> io::Result<String> {
    if fs::metadata(path)?.len() > LARGEST {
        return Err(io::Error::other("too large for a program"));
    }
    fs::read_to_string(path)
}

fn files(folder: &Path, target: &str) -> io::Result<Vec<PathBuf>> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let mut files = Vec::new();
    for entry in entries {
        let path = entry?.path();
        let stem = path.file_stem().and_then(|stem| stem.to_str());
        let of_target = stem
            .and_then(|stem| stem.rsplit_once('-'))
            .is_some_and(|(name, _)| name == target);
        if of_target && path.extension().is_some_and(|extension| extension == "txt") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// Keeps a program that showed something new.
///
/// # Errors
/// What the system says.
pub fn keep(root: &Path, program: &Program) -> io::Result<()> {
    write(root, program, &program.to_string())
}

/// Keeps a program that failed, with what it failed with as a comment.
///
/// # Errors
/// What the system says.
pub fn keep_failure(root: &Path, program: &Program, what: &str) -> io::Result<()> {
    let comment: String = what.lines().map(|line| format!("# {line}\n")).collect();
    write(
        &root.join(FAILURES),
        program,
        &format!("{comment}{program}"),
    )
}

/// Through another name, so that a file is whole or not there.
fn write(folder: &Path, program: &Program, text: &str) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let path = folder.join(format!("{}.txt", name(program)));
    let partial = path.with_extension(format!("{}.partial", std::process::id()));
    fs::write(&partial, text)?;
    fs::rename(partial, path)
}
