#!/usr/bin/env bash
# Rust 1.95: a test that ends the process with status 0 ends all tests, and `cargo test` succeeds.
#
# The guess: a run of tests that does not come to its summary has failed, as one that is killed has. The harness runs the
# tests in its own process and looks only at the status: with `process::exit(0)` somewhere below a test, in a command line
# parser that has printed its help, say, the test that would fail is never begun or never told, and nothing is reported as
# failed, passed or left out. With any other status, or an abort, the run fails.
#
# Needs cargo 1.95 or one that does the same.
# Seen: the text at the end.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
mkdir src
cat > Cargo.toml <<'TOML'
[package]
name = "finding"
version = "0.1.0"
edition = "2021"
TOML
cat > src/lib.rs <<'RUST'
#[test]
fn a_ends_the_process() {
    match std::env::var("STATUS").as_deref() {
        Ok("none") => {}
        Ok(status) => std::process::exit(status.parse().unwrap()),
        Err(_) => std::process::abort(),
    }
}

#[test]
fn b_fails() {
    panic!("on purpose");
}
RUST
ask() {
    local status=0
    "$@" cargo test --quiet --lib -- --test-threads=1 > log 2>&1 || status=1
    local summary
    summary=$(grep --only-matching '^test result: [A-Za-z]*' log || echo 'no summary')
    echo "$summary, cargo test $([ $status = 0 ] && echo succeeds || echo fails)"
}
{
    echo "no exit: $(ask env STATUS=none)"
    echo "exit 0: $(ask env STATUS=0)"
    echo "exit 3: $(ask env STATUS=3)"
    echo "abort: $(ask env --unset=STATUS)"
} | tee seen
cat > expected <<'TEXT'
no exit: test result: FAILED, cargo test fails
exit 0: no summary, cargo test succeeds
exit 3: no summary, cargo test fails
abort: no summary, cargo test fails
TEXT
diff expected seen && echo "as written"
