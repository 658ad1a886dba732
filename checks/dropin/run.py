"""Runs the loom tests of published crates on loom and on the drop-in, and writes a table.

    python3 checks/dropin/run.py [CRATE...] [--only ours|loom] [--seconds N] [--table FILE]

The crates are those of crates.toml. They are downloaded by cargo and run as they are, each test in
a process of its own, killed after N seconds of CPU time (20). What is measured is CPU time, since
that says something on a busy machine too. Results are kept below target/dropin, and a table is
made of all that are there. Exit status: 0, 2 for bad usage or a crate that does not build.
"""

import argparse
import json
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WORK = ROOT / "target" / "dropin"
REGISTRY = Path(os.environ.get("CARGO_HOME", Path.home() / ".cargo")) / "registry" / "src"
SIDES = ("loom", "ours")

# How much longer than its CPU time a test may take by the clock.
WAIT = 10

# What takes part in the executions is optimised, and nothing else: most of the time is spent in building.
FAST = ("loom", "graph-engine", "corosensei", "generator", "tracing", "tracing-core", "smallvec", "scoped-tls")
PROFILE = ['profile.release.package."*".opt-level=0', "profile.release.build-override.opt-level=0"]
PROFILE += [f"profile.release.package.{name}.opt-level=3" for name in FAST]


def main():
    """Runs what the command line asks for."""
    arguments = parse()
    crates = tomllib.loads((Path(__file__).parent / "crates.toml").read_text())["crate"]
    wanted = [c for c in crates if not arguments.crates or c["name"] in arguments.crates]
    unknown = set(arguments.crates) - {c["name"] for c in crates}
    if unknown:
        sys.exit(fail(f"no such crate in crates.toml: {', '.join(sorted(unknown))}"))
    for crate in wanted:
        for side in SIDES if arguments.only is None else (arguments.only,):
            run_crate(crate, side, arguments.seconds)
    write_table(crates, arguments.table)


def parse():
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("crates", nargs="*")
    parser.add_argument("--only", choices=SIDES)
    parser.add_argument("--seconds", type=int, default=20)
    parser.add_argument("--table", type=Path, default=WORK / "table.md")
    return parser.parse_args()


def fail(what):
    """Says what is wrong; the exit status for it."""
    print(f"run.py: {what}", file=sys.stderr)
    return 2


def sources(crate):
    """A copy of the crate's sources, downloaded if need be."""
    name = f"{crate['name']}-{crate['version']}"
    copy = WORK / "sources" / name
    if copy.exists():
        return copy
    if not list(REGISTRY.glob(f"*/{name}")):
        download(crate)
    found = list(REGISTRY.glob(f"*/{name}"))
    shutil.copytree(found[0], copy)
    (copy / "Cargo.lock").unlink(missing_ok=True)
    with (copy / "Cargo.toml").open("a") as manifest:
        manifest.write("\n[workspace]\n")
    return copy


def download(crate):
    """Lets cargo put the crate's sources into its registry folder."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "src").mkdir()
        (Path(folder) / "src" / "lib.rs").touch()
        (Path(folder) / "Cargo.toml").write_text(
            '[package]\nname = "fetch"\nversion = "0.0.0"\nedition = "2021"\n'
            f'[dependencies]\n{crate["name"]} = "={crate["version"]}"\n'
        )
        subprocess.run(["cargo", "fetch", "--quiet"], cwd=folder, check=True)


def build(crate, side):
    """Builds the crate's tests on one of both; the test programs."""
    folder = sources(crate)
    command = ["cargo", "test", "--release", "--no-run", "--message-format=json-render-diagnostics", *crate["targets"]]
    if crate.get("features"):
        command += ["--features", ",".join(crate["features"])]
    command += [word for option in PROFILE + crate.get("options", []) for word in ("--config", option)]
    if side == "ours":
        command += ["--config", f'patch.crates-io.loom.path="{dropin(crate)}"']
    environment = dict(os.environ, RUSTFLAGS=crate["flags"], CARGO_TARGET_DIR=str(WORK / "build" / side))
    (folder / "Cargo.lock").unlink(missing_ok=True)
    built = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    if built.returncode != 0:
        sys.exit(fail(f"{crate['name']} does not build on {side}:\n{built.stderr[-4000:]}"))
    messages = (json.loads(line) for line in built.stdout.splitlines() if line.startswith("{"))
    return [m["executable"] for m in messages if m.get("executable")]


def dropin(crate):
    """The drop-in's folder, or that of a thin package of an older version around it."""
    folder = ROOT / "models" / "dropin"
    if "loom" not in crate:
        return folder
    thin = WORK / f"loom-{crate['loom']}"
    (thin / "src").mkdir(parents=True, exist_ok=True)
    (thin / "src" / "lib.rs").write_text("pub use dropin::*;\n")
    (thin / "Cargo.toml").write_text(
        f'[package]\nname = "loom"\nversion = "{crate["loom"]}.100"\nedition = "2021"\n'
        f'[features]\nfutures = []\ncheckpoint = []\n[dependencies]\ndropin = {{ package = "loom", path = "{folder}" }}\n'
    )
    return thin


def run_crate(crate, side, seconds):
    """Runs every test of a crate on one of both, and keeps the results."""
    results = []
    kept = WORK / "results" / f"{crate['name']}-{side}.json"
    kept.parent.mkdir(parents=True, exist_ok=True)
    for program in build(crate, side):
        for test in tests_of(program, crate):
            result = run_test(program, test, sources(crate), side, seconds)
            results.append(result)
            kept.write_text(json.dumps(results, indent=1))
            print(f"{crate['name']:18} {side:5} {test:60} {result['verdict']:22} {result['executions']!s:>9} {result['seconds']:9.3f} s", flush=True)


def tests_of(program, crate):
    """The names of the tests that hold models."""
    listed = subprocess.run([program, "--list", "--format=terse"], capture_output=True, text=True, check=True)
    names = [line[: -len(": test")] for line in listed.stdout.splitlines() if line.endswith(": test")]
    filters = crate.get("filter")
    return [name for name in names if not filters or any(part in name for part in filters)]


def run_test(program, test, folder, side, seconds):
    """Runs one test in a process of its own."""
    notes = WORK / "notes.jsonl"
    notes.unlink(missing_ok=True)
    environment = dict(os.environ)
    if side == "ours":
        environment |= {"RADDLE_RESULTS": str(notes), "LOOM_MAX_DURATION": str(2 * seconds)}
    else:
        environment |= {"LOOM_LOG": "info"}
    output, status, spent = run([program, "--exact", test, "--nocapture", "--test-threads=1"], folder, environment, seconds)
    (WORK / "output").mkdir(exist_ok=True)
    (WORK / "output" / f"{side}-{test.replace('::', '.')}.txt").write_text(output[-20000:])
    judge = judge_ours if side == "ours" else judge_loom
    verdict, executions, message = judge(output, status, notes)
    return {"test": test, "verdict": verdict, "executions": executions, "seconds": spent, "message": message}


def run(command, folder, environment, seconds):
    """Runs a command, for so many CPU seconds at most; output, exit status (None: killed), CPU seconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with tempfile.TemporaryFile("w+", errors="replace") as output:
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=output, stderr=output, start_new_session=True,
                                   preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1)))
        try:
            status = process.wait(WAIT * seconds)
            status = None if status in (-signal.SIGXCPU, -signal.SIGKILL) else status
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            status = None
        output.seek(0)
        text = output.read()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return text, status, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def judge_ours(output, status, notes):
    """What the drop-in's own notes say of a test's models: the weakest verdict counts."""
    lines = [json.loads(line) for line in notes.read_text().splitlines()] if notes.exists() else []
    executions = sum(line["complete"] for line in lines)
    message = next((line["message"] for line in lines if line["message"]), "")
    verdicts = [line["verdict"] for line in lines]
    if status is None:
        return "out of time", executions, ""
    if status < 0:
        return f"signal {-status}", executions, output[-300:]
    for strength in ("failed", "inconclusive", "bounded", "exhaustive"):
        for verdict in verdicts:
            if verdict.startswith(strength):
                return verdict, executions, message
    return ("no model" if status == 0 else "failed"), executions, output[-300:]


def judge_loom(output, status, _notes):
    """What loom says of a test."""
    counts = [int(n) for n in re.findall(r"Completed in (\d+) iterations", output)]
    executions = sum(counts) if counts else None
    if status is None:
        return "out of time", executions, ""
    if status < 0:
        return f"signal {-status}", executions, output[-300:]
    if status == 0:
        return "passed", executions, ""
    found = re.search(r"panicked at [^\n]*\n([^\n]*)", output)
    return "failed", executions, found.group(1) if found else output[-300:]


def write_table(crates, file):
    """Writes the table of all results that are there."""
    rows, ended, total = [], 0, 0
    for crate in crates:
        both = {side: read(crate, side) for side in SIDES}
        for test in sorted(set(both["loom"]) | set(both["ours"])):
            theirs, ours = both["loom"].get(test), both["ours"].get(test)
            total += ours is not None
            ended += ours is not None and ours["verdict"].split("(")[0] in ("exhaustive", "bounded", "failed")
            rows.append(f"| {crate['name']} | `{test}` | {cells(theirs)} | {cells(ours)} |")
    head = "| crate | test | loom | executions | CPU s | drop-in | executions | CPU s |\n|---|---|---|---|---|---|---|---|\n"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(head + "\n".join(rows) + f"\n\n{ended} of {total} tests come to a verdict on the drop-in.\n")
    print(f"{ended} of {total} tests come to a verdict; the table is in {file}")


def read(crate, side):
    """The results that are kept of a crate, by test."""
    kept = WORK / "results" / f"{crate['name']}-{side}.json"
    return {r["test"]: r for r in json.loads(kept.read_text())} if kept.exists() else {}


def cells(result):
    """A result as three cells of the table."""
    if result is None:
        return "| |"
    executions = "" if result["executions"] is None else f"{result['executions']:,}"
    return f"{result['verdict']} | {executions} | {result['seconds']:.3f}"


if __name__ == "__main__":
    main()
