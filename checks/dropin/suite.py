"""Runs loom's own tests on the drop-in.

    python3 checks/dropin/suite.py

The tests are those of loom 0.7.3, from the registry; nothing of them is kept here. Each runs in a
process of its own. Tests that are expected to end otherwise are listed below, with the reason, and
one that does not keep to the list fails. Exit status: 0, 1 if a test ends otherwise than it should,
2 if they do not build.
"""

import json
import os
import shutil
import subprocess
import sys

import run

VERSION = "0.7.3"

# What a test needs in its environment, and why.
NEEDS = {
    "arc::try_unwrap_multithreaded": (
        {"RADDLE_SPURIOUS_WAKES": "0"},
        "takes it that a wait for a Notify does not end for no reason, which loom's documentation allows",
    ),
}

# Tests that fail here, and why.
OTHERWISE = {
    "double_panic_in_drop::double_panic_at_branch_max": "two branches are twenty events here, and the test needs fewer",
}


def main():
    """Runs all tests and says which end otherwise than they should."""
    wrong, held = [], 0
    for target, program in build():
        for test in run.tests_of(program, {}):
            name = f"{target}::{test}"
            passed = passes(program, test, NEEDS.get(name, ({},))[0])
            if passed == (name not in OTHERWISE):
                held += 1
            else:
                wrong.append(name)
                print(f"{name}: {'passes, and is listed' if passed else 'fails'}", flush=True)
    print(f"{held} tests of loom {VERSION} end as they should, {len(wrong)} do not")
    return 1 if wrong else 0


def build():
    """Builds the tests in a package of their own; target and program of each."""
    crate = {"name": "loom", "version": VERSION}
    folder = run.WORK / "suite"
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "src").mkdir(parents=True)
    (folder / "src" / "lib.rs").touch()
    shutil.copytree(run.sources(crate) / "tests", folder / "tests")
    (folder / "Cargo.toml").write_text(
        '[package]\nname = "suite"\nversion = "0.0.0"\nedition = "2021"\n'
        '[features]\nfutures = ["loom/futures"]\n[dependencies]\nloom = "0.7"\n'
        f'[dev-dependencies]\nfutures-util = "0.3"\n[workspace]\n[patch.crates-io]\nloom = {{ path = "{run.dropin(crate)}" }}\n'
    )
    command = ["cargo", "test", "--no-run", "--features", "futures", "--message-format=json-render-diagnostics"]
    environment = dict(os.environ, CARGO_TARGET_DIR=str(run.WORK / "build" / "suite"))
    built = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    if built.returncode != 0:
        sys.exit(run.fail(f"loom's tests do not build:\n{built.stderr[-4000:]}"))
    messages = (json.loads(line) for line in built.stdout.splitlines() if line.startswith("{"))
    return [(m["target"]["name"], m["executable"]) for m in messages if m.get("executable")]


def passes(program, test, needs):
    """Whether a test passes."""
    environment = dict(os.environ, **needs)
    _, status, _ = run.run([program, "--exact", test, "--test-threads=1"], run.WORK, environment, 120)
    return status == 0


if __name__ == "__main__":
    sys.exit(main())
