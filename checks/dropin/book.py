"""Does what the book says, in empty crates outside of the workspace.

    python3 checks/dropin/book.py

The crates are made of the code in docs/checking-your-code.md. Each must fail as the book says, and
pass once the order is as strong as it says; under cargo's own test runner and, where it is
installed, under nextest. Exit status: 0, 1 if one ends otherwise.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BOOK = ROOT / "docs" / "checking-your-code.md"

# What a walk begins with, and what its failure says.
WALKS = {
    "Ten minutes, from an empty crate to the first race": ["must release: the store of `AtomicBool@lib:", "data race: write UnsafeCell@lib:"],
    "New code: an attribute, and one macro": ["must release: the store of `ready`", "data race: write value"],
}


def main():
    """Takes all walks."""
    wrong = 0
    for title, words in WALKS.items():
        with tempfile.TemporaryDirectory() as folder:
            make(Path(folder), title)
            for runner in runners():
                for what in walk(Path(folder), runner, words):
                    wrong += 1
                    print(f"{title}: {' '.join(runner)}: {what}", flush=True)
    print(f"{len(WALKS)} walks, {wrong} steps that end otherwise than the book says")
    return 1 if wrong else 0


def make(folder, title):
    """The crate that the section describes."""
    section = re.search(rf"^## {re.escape(title)}\n(.*?)^## ", BOOK.read_text(), re.S | re.M).group(1)
    manifest = re.search(r"```toml\n(.*?)```", section, re.S).group(1).replace("<raddle>", str(ROOT))
    source = re.search(r"```rust\n(.*?)```", section, re.S).group(1)
    (folder / "src").mkdir()
    (folder / "Cargo.toml").write_text(f'[package]\nname = "flag"\nversion = "0.1.0"\nedition = "2024"\n\n{manifest}\n[workspace]\n')
    (folder / "src" / "lib.rs").write_text(source)


def runners():
    """The test runners that are there."""
    nextest = [["cargo", "nextest", "run"]] if shutil.which("cargo-nextest") else []
    return [["cargo", "test"], *nextest]


def walk(folder, runner, words):
    """What goes otherwise than the book says."""
    source = folder / "src" / "lib.rs"
    text = source.read_text()
    failed = run(folder, runner)
    if failed.returncode == 0:
        yield "it passes, and must fail"
    output = failed.stdout + failed.stderr
    for part in words:
        if part not in output:
            yield f"`{part}` is not in\n{output[-3000:]}"
    again = re.search(r"replay: (RADDLE_REPLAY=(\S+)) cargo test", output)
    replayed = run(folder, runner, RADDLE_REPLAY=again.group(2)) if again else None
    if replayed is None or replayed.returncode == 0 or words[-1] not in replayed.stdout + replayed.stderr:
        yield "the replay does not fail"
    for end in ("html", "txt", "json", "xml", "failure.json"):
        if not list((folder / "target" / "raddle" / "models" / "flag").glob(f"*.{end}")):
            yield f"there is no file .{end}"
    source.write_text(text.replace("Ordering::Relaxed", "Ordering::Release"))
    passed = run(folder, runner)
    if passed.returncode != 0:
        yield f"with a release it fails:\n{(passed.stdout + passed.stderr)[-3000:]}"
    if list((folder / "target" / "raddle" / "models" / "flag").glob("*.html")):
        yield "the old report is still there"
    source.write_text(text)


def run(folder, runner, **variables):
    """Runs the crate's tests; without network, if cargo has all it needs."""
    return subprocess.run(runner, cwd=folder, env=dict(os.environ, **variables), capture_output=True, text=True)


if __name__ == "__main__":
    sys.exit(main())
