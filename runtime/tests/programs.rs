//! Python programs, run as users run them. A program states in comments what it prints:
//!
//! | comment     | meaning                                                       |
//! |-------------|---------------------------------------------------------------|
//! | `# expect:` | a line on standard output                                     |
//! | `# error:`  | a line on standard error; without any, nothing may be there   |
//! | `# status:` | the exit status, when it is not 0                             |
//! | `# since:`  | an older Python than this one prints something else           |
//!
//! Where a `python3` that is new enough is on the path, it must print the same on standard output.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::mpsc::{Receiver, Sender, channel};

use runtime::interpreter::{ExitStatus, Interpreter, Options};

/// A stream that is read after the program has ended.
struct Captured(Sender<Vec<u8>>);

impl Write for Captured {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.send(bytes.to_vec()).map_err(io::Error::other)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn text(captured: &Receiver<Vec<u8>>) -> String {
    let bytes: Vec<u8> = captured.try_iter().flatten().collect();
    String::from_utf8(bytes).unwrap()
}

/// What a program did.
#[derive(Debug, PartialEq, Eq)]
struct Outcome {
    status: u8,
    output: String,
    errors: String,
}

fn run(name: &str, program: &str) -> Outcome {
    let ((output, printed), (errors, complaints)) = (channel(), channel());
    let options = Options {
        argv: vec![name.to_owned()],
        output: Box::new(Captured(output)),
        errors: Box::new(Captured(errors)),
        line_buffered: false,
        path: vec![folder().to_string_lossy().into_owned()],
        ..Options::default()
    };
    let ExitStatus(status) = Interpreter::new(options).run_source(name, program.as_bytes());
    Outcome {
        status,
        output: text_of(text(&printed).lines()),
        errors: text_of(text(&complaints).lines()),
    }
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/programs")
}

fn programs() -> Vec<PathBuf> {
    let files = fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let mut programs: Vec<PathBuf> = files
        .filter(|path| path.extension().is_some_and(|e| e == "py"))
        .collect();
    programs.sort();
    programs
}

/// The lines of the comments with a label.
fn stated(program: &str, label: &str) -> Vec<String> {
    let label = format!("# {label}:");
    let lines = program.lines().filter_map(|line| line.strip_prefix(&label));
    lines
        .map(|line| line.strip_prefix(' ').unwrap_or(line).to_owned())
        .collect()
}

/// Lines as a text, without spaces at their ends, which a comment would lose too.
fn text_of(lines: impl IntoIterator<Item = impl AsRef<str>>) -> String {
    let trimmed = lines
        .into_iter()
        .map(|line| line.as_ref().trim_end().to_owned());
    trimmed.map(|line| line + "\n").collect()
}

#[test]
fn programs_print_what_they_state() {
    for path in programs() {
        let name = path.file_name().unwrap().to_str().unwrap();
        let program = fs::read_to_string(&path).unwrap();
        let status = stated(&program, "status");
        let expected = Outcome {
            status: status.first().map_or(0, |status| status.parse().unwrap()),
            output: text_of(stated(&program, "expect")),
            errors: text_of(stated(&program, "error")),
        };
        let outcome = run(name, &program);
        assert_eq!(outcome.output, expected.output, "output of {name}");
        assert_eq!(outcome, expected, "{name}");
    }
}

/// Version of the `python3` on the path.
fn python_version() -> Option<(u32, u32)> {
    let output = Command::new("python3").arg("--version").output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    let mut parts = text.trim().strip_prefix("Python ")?.split('.');
    Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
}

#[test]
fn python_prints_the_same() {
    let Some(version) = python_version().filter(|version| *version >= (3, 11)) else {
        return;
    };
    for path in programs() {
        let program = fs::read_to_string(&path).unwrap();
        if !stated(&program, "since").is_empty() && version < (3, 14) {
            continue;
        }
        let output = Command::new("python3").arg(&path).output().unwrap();
        let output = String::from_utf8(output.stdout).unwrap();
        let expected = text_of(stated(&program, "expect"));
        assert_eq!(expected, text_of(output.lines()), "{}", path.display());
    }
}

#[test]
fn wrong_programs_are_refused_with_one_message() {
    let refused = run("x.py", "x = (1\n");
    assert_eq!(refused.status, 1);
    assert_eq!(
        refused.errors,
        "  File \"x.py\", line 1\n    x = (1\n        ^\nSyntaxError: '(' was never closed\n"
    );
}

#[test]
fn what_exit_is_given_decides_the_status() {
    let run = |code: &str| run("x.py", &format!("import sys\nsys.exit({code})\n"));
    assert_eq!(run("").status, 0);
    assert_eq!(run("None").status, 0);
    assert_eq!(run("3").status, 3);
    let text = run("'goodbye'");
    assert_eq!((text.status, text.errors.as_str()), (1, "goodbye\n"));
}

#[test]
fn daemons_do_not_keep_the_program() {
    let program = "import threading\ndef spin():\n  while True: pass\n\
                   threading.Thread(target=spin, daemon=True).start()\nprint('done')\n";
    assert_eq!(run("x.py", program).output, "done\n");
}
