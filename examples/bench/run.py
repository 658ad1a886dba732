"""Compares raddle with a python3 on every program of this folder: CPU time, peak memory, and what two threads gain.

Usage: python3 examples/bench/run.py [RADDLE [PYTHON [ROUNDS]]] [NAME ...]

Whole processes run in turns, and the best of their rounds counts, since whatever else the machine does only adds. The
time is that of all threads in the process and in the system. Names choose programs; then nothing is shared by two.
"""

import math
import os
import subprocess
import sys
import time
from pathlib import Path

FOLDER = Path(__file__).resolve().parent


class Run:
    """One run: what it printed, its CPU time and its time in seconds."""

    def __init__(self, command):
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self.printed = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = status
        self.elapsed = time.perf_counter() - start
        self.cpu = usage.ru_utime + usage.ru_stime
        self.failed = status != 0


def peak(command):
    """The peak memory of a command in MiB, as the system says while it runs; None where it does not.

    What `wait4` says is no less than what this process takes, since the child starts as its copy.
    """
    found = None
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while process.poll() is None:
        try:
            status = Path(f"/proc/{process.pid}/status").read_text()
        except OSError:
            continue
        found = next((int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM")), found)
        time.sleep(0.001)
    return found


def in_turns(commands, rounds):
    """The runs of each command."""
    return list(zip(*([Run(command) for command in commands] for _ in range(rounds))))


def best(runs, what):
    """The least of a figure; None if a run failed."""
    return None if any(run.failed for run in runs) else min(getattr(run, what) for run in runs)


def ratio(over, under):
    return None if over is None or not under else over / under


def mean(ratios):
    """The geometric mean."""
    known = [one for one in ratios if one]
    return math.exp(sum(map(math.log, known)) / len(known)) if known else None


def shown(value, unit=""):
    return "-" if value is None else f"{value:.2f}{unit}"


def row(name, cells):
    print(f"| {name:18} |" + "".join(f" {cell:9} |" for cell in cells), flush=True)


def head(name, cells):
    row(name, cells)
    print("|" + "-" * 20 + "|" + ("-" * 11 + "|") * len(cells))


def compare(paths, raddle, python, rounds):
    """One row for each program, and the geometric means."""
    head("program", ["raddle", "python", "time", "memory"])
    times, memories = [], []
    for path in paths:
        ours, theirs = in_turns([[raddle, str(path)], [python, str(path)]], rounds)
        times.append(ratio(best(ours, "cpu"), best(theirs, "cpu")))
        memories.append(ratio(peak([raddle, str(path)]), peak([python, str(path)])))
        cells = [shown(best(ours, "cpu"), " s"), shown(best(theirs, "cpu"), " s")]
        if {run.printed for run in ours} != {run.printed for run in theirs}:
            cells[0] = "differs"
        row(path.stem, cells + [shown(times[-1]), shown(memories[-1])])
    row("geometric mean", ["", "", shown(mean(times)), shown(mean(memories))])


def share(paths, raddle, python, rounds):
    """How many times the work of one thread two do in the same time, on objects that they share."""
    head("shared by two", ["raddle", "python"])
    for path in paths:
        gains = []
        for interpreter in (raddle, python):
            command = [interpreter, str(path)]
            one, two = in_turns([command + ["1"], command + ["2"]], rounds)
            once = best(one, "elapsed")
            gains.append(ratio(once and 2 * once, best(two, "elapsed")))
        row(path.stem, map(shown, gains))


def main(raddle="target/release/raddle", python=sys.executable, rounds="5", *names):
    programs = sorted(path for path in FOLDER.glob("*.py") if path.name != "run.py")
    threaded = [path for path in programs if path.stem.startswith("shared_")]
    single = [path for path in programs if path not in threaded]
    unknown = set(names) - {path.stem for path in programs}
    if not rounds.isdigit() or not int(rounds) or unknown:
        sys.exit("run.py: " + (f"no program is called {', '.join(unknown)}" if unknown else "ROUNDS is a number above 0"))
    compare([path for path in single if not names or path.stem in names], raddle, python, int(rounds))
    if not names:
        print()
        share(threaded, raddle, python, int(rounds))


main(*sys.argv[1:])
