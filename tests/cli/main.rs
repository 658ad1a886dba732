//! The command as its users meet it: every kind of wrong input, and the exit status and files of right input.

mod dividing;
mod exploring;
mod fuzzing;
mod leaving;
mod many_machines;
mod pages;
mod replaying;
mod running;
mod steering;
mod wrong_input;

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// Exit statuses, as the help states them.
const HELD: i32 = 0;
const FAILED: i32 = 1;
const USAGE: i32 = 2;
const INCONCLUSIVE: i32 = 3;

/// A fresh folder for the files of one test.
fn folder(test: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(test);
    if folder.exists() {
        std::fs::remove_dir_all(&folder).expect("an old folder can be removed");
    }
    std::fs::create_dir_all(&folder).expect("the folder can be made");
    folder
}

/// The folder of a test, as a cargo project of its own.
fn project(test: &str) -> PathBuf {
    let project = folder(test);
    std::fs::write(project.join("Cargo.toml"), "").expect("the file can be written");
    project
}

fn command(test: &str, arguments: &[&str]) -> Command {
    command_in(&project(test), arguments)
}

/// A command in a folder that stays as it is.
fn command_in(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_raddle"));
    command
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::null());
    command
}

fn run(test: &str, arguments: &[&str]) -> Ran {
    Ran::of(
        command(test, arguments)
            .output()
            .expect("the command starts"),
    )
}

/// What a command came to.
#[derive(Debug)]
struct Ran {
    status: Option<i32>,
    out: String,
    err: String,
}

impl Ran {
    fn of(output: Output) -> Self {
        Self {
            status: output.status.code(),
            out: String::from_utf8_lossy(&output.stdout).into_owned(),
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    /// Status 2, nothing on standard output, and one line on standard error that contains `words`.
    fn is_refused(&self, words: &str) {
        assert_eq!(self.status, Some(USAGE), "{self:?}");
        assert_eq!(self.out, "", "{self:?}");
        assert_eq!(self.err.lines().count(), 1, "{self:?}");
        assert!(self.err.starts_with("raddle: "), "{self:?}");
        assert!(self.err.contains(words), "{self:?}");
    }
}
