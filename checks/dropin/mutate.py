"""Takes steps of the drop-in away, one at a time, and says whether a test sees it.

    python3 checks/dropin/mutate.py [PART...]

The steps are those of mutations.toml; PART chooses those whose file or code contains it. They are taken
away in a copy of the repository below target/dropin, whose tests (`loom`, `raddle-test` and the
engine's of waits and ends) are then built and run. Exit status: 0, 1 if nobody sees one, 2 if one
does not fit the code.
"""

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import run

COPY = run.WORK / "mutate"
FIRST = ["-p", "loom@0.7.100", "--test", "failures", "--test", "sharing", "--test", "waiting", "--test", "structures"]
REST = ["-p", "loom@0.7.100", "-p", "raddle-test"]
ENGINE = ["-p", "graph-engine", "--test", "waiting", "--test", "sharing", "--test", "ends", "--test", "misuse"]

# A mutant may run for ever.
SECONDS = 100


def main():
    """Tries all that are chosen."""
    mutations = tomllib.loads((Path(__file__).parent / "mutations.toml").read_text())["mutation"]
    chosen = [m for m in mutations if not sys.argv[1:] or any(part in m["file"] + m["before"] for part in sys.argv[1:])]
    copy()
    unseen = misfits = 0
    for mutation in chosen:
        file = COPY / "models" / mutation["file"]
        text = file.read_text()
        if text.count(mutation["before"]) != 1:
            misfits += 1
            print(f"{mutation['file']} has {text.count(mutation['before'])} times {mutation['before']!r}", flush=True)
            continue
        file.write_text(text.replace(mutation["before"], mutation["after"]))
        seen = sees(mutation["file"])
        file.write_text(text)
        unseen += seen is None
        line = " ".join(mutation["before"].split())
        print(f"{'UNSEEN' if seen is None else seen:60} {mutation['file']}: {line}", flush=True)
    print(f"{len(chosen) - misfits} steps taken away, {unseen} unseen, {misfits} do not fit the code")
    return 2 if misfits else min(unseen, 1)


def copy():
    """The repository as it is, without what was built."""
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=run.ROOT, capture_output=True, text=True, check=True)
    for name in listed.stdout.splitlines():
        source, place = run.ROOT / name, COPY / name
        if source.is_file() and not (place.is_file() and place.read_bytes() == source.read_bytes()):
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, place)


def sees(file):
    """What sees the mutant: the first test that fails, or what else happens; None if nothing does."""
    commands = [FIRST, REST] + ([ENGINE] if "engine" in file else [])
    for packages in commands:
        command = ["cargo", "test", "--offline", *packages]
        environment = dict(os.environ, CARGO_TARGET_DIR=str(run.WORK / "build" / "mutate"), RUST_BACKTRACE="0")
        output, status, _ = run.run(command, COPY, environment, SECONDS)
        if "error: could not compile" in output:
            return f"does not compile: {output[output.index('error'):][:60]!r}"
        failed = [line.split()[1] for line in output.splitlines() if line.startswith("test ") and line.endswith("FAILED")]
        if failed:
            return failed[0]
        if status != 0:
            return "out of time" if status is None else "the process ends"
    return None


if __name__ == "__main__":
    sys.exit(main())
