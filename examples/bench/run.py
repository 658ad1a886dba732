"""Times raddle against a python3, whole processes in turns, and prints the best times and their ratios.

Usage: python3 examples/bench/run.py [RADDLE [PYTHON [ROUNDS]]]
"""

import subprocess
import sys
import time
from pathlib import Path

FOLDER = Path(__file__).resolve().parent


def seconds(command):
    """The time of one run, or None if it failed."""
    start = time.perf_counter()
    ended = subprocess.run(command, capture_output=True)
    return time.perf_counter() - start if ended.returncode == 0 else None


def best(commands, rounds):
    """The best time of each command, run in turns."""
    times = [[seconds(command) for command in commands] for _ in range(rounds)]
    return [None if None in column else min(column) for column in zip(*times)]


def shown(value, unit=""):
    return "refused" if value is None else f"{value:.2f}{unit}"


def ratio(over, under):
    return None if over is None or under is None else over / under


def scripts():
    return sorted(p for p in FOLDER.glob("*.py") if p.name != "run.py")


def main(raddle="target/release/raddle", python=sys.executable, rounds="5"):
    print(f"| {'script':18} | raddle    | python    | raddle/python |")
    print("|--------------------|-----------|-----------|---------------|")
    for path in scripts():
        ours, theirs = best([[raddle, str(path)], [python, str(path)]], int(rounds))
        cells = shown(ours, " s"), shown(theirs, " s"), shown(ratio(ours, theirs))
        print(f"| {path.stem:18} | {cells[0]:9} | {cells[1]:9} | {cells[2]:13} |")
    print(f"\n| {'shared by two':18} | raddle    | python    |  (work of two threads over the work of one)")
    print("|--------------------|-----------|-----------|")
    for path in sorted(FOLDER.glob("shared_*.py")):
        row = [best([[p, str(path), "1"], [p, str(path), "2"]], int(rounds)) for p in (raddle, python)]
        cells = [shown(ratio(2 * one if one else None, two)) for one, two in row]
        print(f"| {path.stem:18} | {cells[0]:9} | {cells[1]:9} |")


main(*sys.argv[1:])
