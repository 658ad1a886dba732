#!/usr/bin/env bash
# CPython 3.13.5, free-threaded: `list(d.items())` is a safe look at a shared dict, `tuple(d.items())` is none.
#
# The guess: built-in functions that read a whole dict of integers without a line of Python between take its lock or do not,
# all alike. `list`, `sorted`, `dict`, `|` and unpacking see the dict at one moment. `tuple` and `max` of a view and
# `dict(d.items())` walk it step by step, and raise if another thread adds a key. A set of the keys view may lack keys or
# raise. With the GIL none of them does, and `tuple(d.items())` was as good a copy as the other.
#
# Needs a free-threaded CPython 3.13: PYTHON names it, else python3.13t is taken (`free-threaded-python.sh` builds one).
# Seen: the text at the end. A look ends at its first fault, or after two seconds without one.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cat > "$dir/look.py" <<'PY'
import sys
import threading
import time

KEPT = 50
SAFE = {
    "list(d.items())": lambda d: len(list(d.items())) >= KEPT,
    "[*d.values()]": lambda d: len([*d.values()]) >= KEPT,
    "sorted(d.items())": lambda d: len(sorted(d.items())) >= KEPT,
    "dict(d)": lambda d: len(dict(d)) >= KEPT,
    "d | {}": lambda d: len(d | {}) >= KEPT,
    "set(d)": lambda d: len(set(d)) >= KEPT,
}
UNSAFE = {
    "tuple(d.items())": lambda d: len(tuple(d.items())) >= KEPT,
    "max(d.values())": lambda d: max(d.values()) >= KEPT - 1,
    "dict(d.items())": lambda d: len(dict(d.items())) >= KEPT,
    "set(d.keys())": lambda d: len(set(d.keys())) >= KEPT,
}


def whole(look, seconds):
    """Whether each look sees all keys that are never removed while another thread adds and removes others."""
    shared = {key: key for key in range(KEPT)}
    stop = threading.Event()

    def disturb():
        key = KEPT
        while not stop.is_set():
            shared[key] = key
            del shared[key]
            key += 1

    writer = threading.Thread(target=disturb)
    writer.start()
    end = time.monotonic() + seconds
    seen = True
    try:
        while seen and time.monotonic() < end:
            seen = look(shared)
    except (RuntimeError, ValueError):
        seen = False
    finally:
        stop.set()
        writer.join()
    return seen


gil = sys._is_gil_enabled()
print(f"gil={int(gil)}")
for name, look in (SAFE | UNSAFE).items():
    seconds = 60 if name in UNSAFE and not gil else 2
    print(f"{name}: {'whole' if whole(look, seconds) else 'raises or lacks keys'}")
PY
cat > "$dir/expected" <<'TEXT'
gil=0
list(d.items()): whole
[*d.values()]: whole
sorted(d.items()): whole
dict(d): whole
d | {}: whole
set(d): whole
tuple(d.items()): raises or lacks keys
max(d.values()): raises or lacks keys
dict(d.items()): raises or lacks keys
set(d.keys()): raises or lacks keys
gil=1
list(d.items()): whole
[*d.values()]: whole
sorted(d.items()): whole
dict(d): whole
d | {}: whole
set(d): whole
tuple(d.items()): whole
max(d.values()): whole
dict(d.items()): whole
set(d.keys()): whole
TEXT
for gil in 0 1; do
    "${PYTHON:-python3.13t}" -X gil=$gil "$dir/look.py"
done | tee "$dir/seen"
diff "$dir/expected" "$dir/seen" && echo "as written"
