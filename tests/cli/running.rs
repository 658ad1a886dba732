//! Programs: where their text comes from, what they are told, and what their end means.

use std::fs;
use std::io::Write;
use std::process::Stdio;

use crate::{FAILED, HELD, Ran, command, folder, run};

#[test]
fn a_file_runs_with_its_arguments() {
    let folder = folder("run_file_source");
    let path = folder.join("hello.py");
    fs::write(&path, "import sys\nprint('hello', sys.argv[1:])\n")
        .expect("the file can be written");
    let path = path.to_string_lossy();
    for arguments in [
        ["run", &path, "--help", "-c"].as_slice(),
        &[&path, "--help", "-c"],
    ] {
        let ran = run("run_file", arguments);
        assert_eq!(ran.status, Some(HELD), "{ran:?}");
        assert_eq!(ran.out, "hello ['--help', '-c']\n");
    }
}

#[test]
fn code_on_the_command_line_runs() {
    for arguments in [
        ["run", "-c", "print(6 * 7)"].as_slice(),
        &["-c", "print(6 * 7)"],
    ] {
        let ran = run("run_code", arguments);
        assert_eq!(
            (ran.status, ran.out.as_str()),
            (Some(HELD), "42\n"),
            "{ran:?}"
        );
    }
}

#[test]
fn standard_input_runs() {
    let mut child = command("run_input", &["-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command starts");
    let mut input = child.stdin.take().expect("it is piped");
    input
        .write_all(b"print('from input')\n")
        .expect("it is read");
    drop(input);
    let ran = Ran::of(child.wait_with_output().expect("it ends"));
    assert_eq!(
        (ran.status, ran.out.as_str()),
        (Some(HELD), "from input\n"),
        "{ran:?}"
    );
}

#[test]
fn an_exception_and_a_syntax_error_fail() {
    let raised = run("run_raised", &["-c", "1 / 0"]);
    assert_eq!(raised.status, Some(FAILED), "{raised:?}");
    assert!(
        raised
            .err
            .starts_with("Traceback (most recent call last):\n"),
        "{raised:?}"
    );
    assert!(
        raised
            .err
            .ends_with("ZeroDivisionError: division by zero\n"),
        "{raised:?}"
    );
    let refused = run("run_refused", &["-c", "1 +"]);
    assert_eq!(refused.status, Some(FAILED), "{refused:?}");
    assert!(refused.err.contains("SyntaxError: "), "{refused:?}");
}

#[test]
fn a_program_that_cannot_be_read_is_refused() {
    run("run_missing", &["no_such_file.py"]).is_refused("can't open file 'no_such_file.py'");
    run("run_directory", &["run", "."]).is_refused("can't open file '.'");
    run("run_nothing", &["run"]).is_refused("FILE");
    run("run_no_code", &["run", "-c"]).is_refused("-c");
    run("run_option", &["run", "--bogus"]).is_refused("--bogus");
}

#[test]
fn a_closed_pipe_ends_a_program_that_prints_for_ever() {
    let mut child = command("run_pipe", &["-c", "while True: print('x' * 50)"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command starts");
    drop(child.stdout.take());
    let ran = Ran::of(child.wait_with_output().expect("it ends"));
    assert_eq!(ran.status, Some(FAILED), "{ran:?}");
    assert!(
        ran.err
            .ends_with("BrokenPipeError: [Errno 32] Broken pipe\n"),
        "{ran:?}"
    );
}

#[test]
fn references_that_are_left_are_counted_on_request() {
    let left = |code: &str| -> i64 {
        let ran = run("run_references", &["-X", "showrefcount", "-c", code]);
        assert_eq!(ran.status, Some(HELD), "{ran:?}");
        let told = ran
            .err
            .trim()
            .strip_prefix('[')
            .and_then(|told| told.split_once(" refs, "));
        let (references, blocks) = told.expect("two numbers");
        let blocks = blocks.strip_suffix(" blocks]").map(str::parse::<i64>);
        assert!(matches!(blocks, Some(Ok(1..))), "{ran:?}");
        references.parse().expect("a number")
    };
    let few = left("pass");
    let kept = left("import sys\nsys.kept = [object() for _ in range(500)]");
    assert!((500..600).contains(&(kept - few)), "{few} and {kept}");
    run("run_extra", &["-X", "bogus", "-c", "pass"]).is_refused("'bogus'");
}
