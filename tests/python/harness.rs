//! Runs the programs under `tests/python` through a Python and compares what they print.

use std::collections::BTreeSet;
use std::ffi::{OsStr, OsString};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// How long one program may run.
const LIMIT: Duration = Duration::from_secs(30);
/// How many programs run at once.
const AT_ONCE: usize = 4;
/// How many lines of a difference are shown.
const SHOWN: usize = 3;

/// The folder of the programs.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/python")
}

/// Fails with every program that does not print what CPython prints, except those in the list of pending ones, and with
/// what is wrong with that list.
pub(crate) fn check(label: &str, python: &OsStr, pending: &str) {
    let programs = programs();
    assert!(programs.len() >= 250, "only {} programs", programs.len());
    let pending = list(pending);
    let failures = failures(label, python, &programs);
    let failed: BTreeSet<_> = failures.iter().map(|(name, _)| name.clone()).collect();
    if let Some(file) = std::env::var_os("RADDLE_WRITE_PENDING") {
        let names: Vec<_> = failed.into_iter().collect();
        fs::write(file, names.join("\n") + "\n").expect("the list can be written");
        return;
    }
    let mut faults: Vec<_> = failures
        .into_iter()
        .filter(|(name, _)| !pending.contains(name))
        .map(|(_, difference)| difference)
        .collect();
    faults.extend(stale(&pending, &failed, &programs));
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Every program as `<topic>/<name>`, in order. Folders below a topic hold modules that programs import.
pub(crate) fn programs() -> Vec<String> {
    let mut names = Vec::new();
    for topic in entries(&root()).into_iter().filter(|path| path.is_dir()) {
        let files = entries(&topic);
        let files = files
            .iter()
            .filter(|path| path.extension().is_some_and(|ext| ext == "py"));
        names.extend(files.map(|file| name_of(file)));
    }
    names.sort();
    names
}

fn name_of(file: &Path) -> String {
    let inside = file.strip_prefix(root()).expect("it is below the root");
    inside.with_extension("").to_string_lossy().into_owned()
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    fs::read_dir(folder)
        .expect("the folder is in the repository")
        .map(|entry| entry.expect("it can be read").path())
        .collect()
}

/// The names in a list, one a line.
fn list(file: &str) -> BTreeSet<String> {
    let text = fs::read_to_string(root().join(file)).expect("the list is in the repository");
    text.lines().map(str::to_owned).collect()
}

/// What is wrong with the list of programs that do not pass yet.
fn stale(
    pending: &BTreeSet<String>,
    failed: &BTreeSet<String>,
    programs: &[String],
) -> Vec<String> {
    let passed = pending.difference(failed);
    passed
        .map(|name| match programs.contains(name) {
            true => format!("{name}: passes, take it out of pending.txt"),
            false => format!("{name}: in pending.txt, but there is no such program"),
        })
        .collect()
}

/// The programs that do not print what is expected, each with a short account.
pub(crate) fn failures(label: &str, python: &OsStr, programs: &[String]) -> Vec<(String, String)> {
    let next = AtomicUsize::new(0);
    let found = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                // ORDERING: Relaxed, the counter only hands out each index once.
                while let Some(name) = programs.get(next.fetch_add(1, Ordering::Relaxed)) {
                    if let Some(difference) = difference(label, python, name) {
                        let mut found = found.lock().expect("no worker panics");
                        found.push((name.clone(), difference));
                    }
                }
            });
        }
    });
    let mut found = found.into_inner().expect("no worker panics");
    found.sort();
    found
}

fn difference(label: &str, python: &OsStr, name: &str) -> Option<String> {
    let (out, err) = run(label, python, name);
    let expected = fs::read_to_string(root().join(format!("{name}.out")));
    let expected = expected.unwrap_or_else(|error| format!("{name}.out: {error}\n"));
    let expected_err = fs::read_to_string(root().join(format!("{name}.err")));
    let expected_err = expected_err.unwrap_or_else(|_| "exit status 0\n".to_owned());
    short_diff(name, "stdout", &expected, &out)
        .or_else(|| short_diff(name, "stderr", &expected_err, &err))
}

/// The first lines that differ, or nothing.
fn short_diff(name: &str, stream: &str, expected: &str, found: &str) -> Option<String> {
    if expected == found {
        return None;
    }
    let expected: Vec<_> = expected.lines().collect();
    let found: Vec<_> = found.lines().collect();
    let same = expected.iter().zip(&found).take_while(|(a, b)| a == b);
    let from = same.count();
    let mut text = format!("{name}: {stream} differs from line {}", from + 1);
    for (sign, lines) in [('-', expected), ('+', found)] {
        for line in lines.iter().skip(from).take(SHOWN) {
            text.push_str(&format!("\n    {sign} {line}"));
        }
    }
    Some(text)
}

/// Standard output, and standard error with the exit status as its last line.
fn run(label: &str, python: &OsStr, name: &str) -> (String, String) {
    let kept = PathBuf::from(env!("CARGO_TARGET_TMPDIR"))
        .join("python")
        .join(label);
    let kept = kept.join(name);
    fs::create_dir_all(kept.parent().expect("it has a topic")).expect("the folder can be made");
    let (out, err) = (kept.with_extension("out"), kept.with_extension("err"));
    let program = root().join(format!("{name}.py"));
    let folder = program.parent().expect("it has a topic");
    let mut command = Command::new(python);
    command
        .arg(program.file_name().expect("it is a file"))
        .current_dir(folder)
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .env("PYTHONIOENCODING", "utf-8")
        .env("PYTHON_COLORS", "0")
        .stdin(Stdio::null())
        .stdout(File::create(&out).expect("the file can be made"))
        .stderr(File::create(&err).expect("the file can be made"));
    let ended = wait(&mut command);
    let err = text(&err).replace(&format!("{}/", folder.display()), "");
    (text(&out), format!("{err}{ended}\n"))
}

fn text(file: &Path) -> String {
    let bytes = fs::read(file).expect("the program wrote it");
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Runs `command` to its end or the limit, and says how it ended.
fn wait(command: &mut Command) -> String {
    let mut child = command.spawn().expect("the interpreter starts");
    let start = Instant::now();
    while start.elapsed() < LIMIT {
        if let Some(status) = child.try_wait().expect("it can be waited for") {
            return status_line(status);
        }
        thread::sleep(Duration::from_millis(5));
    }
    child.kill().expect("it can be stopped");
    child.wait().expect("it can be waited for");
    format!("stopped after {} s", LIMIT.as_secs())
}

fn status_line(status: ExitStatus) -> String {
    match status.code() {
        Some(code) => format!("exit status {code}"),
        None => status.to_string(),
    }
}

/// A Python of version 3.13 or newer: the one that `RADDLE_PYTHON` names, or `python3`.
pub(crate) fn reference() -> Option<OsString> {
    let named = std::env::var_os("RADDLE_PYTHON");
    let python = named.unwrap_or_else(|| OsString::from("python3"));
    let code = "import sys; print(*sys.version_info[:2])";
    let output = Command::new(&python).args(["-c", code]).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    let (major, minor) = text.trim().split_once(' ')?;
    let version: (u32, u32) = (major.parse().ok()?, minor.parse().ok()?);
    (version >= (3, 13)).then_some(python)
}
