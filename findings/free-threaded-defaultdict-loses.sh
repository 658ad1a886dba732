#!/usr/bin/env bash
# CPython 3.13.5, free-threaded: `defaultdict` makes a default twice and loses a value; a shared list iterator repeats itself.
#
# The guess: with a factory in C, `groups[key].append(value)` finds or makes one list, as `setdefault` does, and threads that
# share an iterator get each item once. Both hold with the GIL. Without it two threads that miss a key each make a list, the
# later one replaces the other, and the value in that is gone; and the place of a list iterator is read and written in two
# steps, so two threads take the same item.
#
# Needs a free-threaded CPython 3.13: PYTHON names it, else python3.13t is taken (`free-threaded-python.sh` builds one).
# Seen: the text at the end. A race ends at its first fault, or after so many rounds.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cat > "$dir/race.py" <<'PY'
import collections
import sys
import threading

KEYS = range(50_000)


def both(work):
    """What two threads return that start `work` together."""
    start = threading.Barrier(2)
    results = []

    def run():
        start.wait()
        results.append(work())

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def by_default():
    groups = collections.defaultdict(list)
    both(lambda: [groups[key].append(1) for key in KEYS])
    return sum(map(len, groups.values())) == 2 * len(KEYS)


def by_setdefault():
    groups = {}
    both(lambda: [groups.setdefault(key, []).append(1) for key in KEYS])
    return sum(map(len, groups.values())) == 2 * len(KEYS)


def by_iterator():
    items = iter(list(KEYS))
    taken = both(lambda: [item for item in items])
    return sum(map(len, taken)) == len(KEYS)


gil = sys._is_gil_enabled()
print(f"gil={int(gil)}")
for name, race, rounds in [
    ("defaultdict", by_default, 20 if gil else 500),
    ("setdefault", by_setdefault, 20),
    ("list iterator", by_iterator, 20 if gil else 500),
]:
    print(f"{name}: {'each once' if all(race() for _ in range(rounds)) else 'lost or repeated'}")
PY
cat > "$dir/expected" <<'TEXT'
gil=0
defaultdict: lost or repeated
setdefault: each once
list iterator: lost or repeated
gil=1
defaultdict: each once
setdefault: each once
list iterator: each once
TEXT
for gil in 0 1; do
    "${PYTHON:-python3.13t}" -X gil=$gil "$dir/race.py"
done | tee "$dir/seen"
diff "$dir/expected" "$dir/seen" && echo "as written"
