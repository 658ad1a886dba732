#!/usr/bin/env bash
# frontrun 0.7.0: `key in d` and `not d` are no reads of a dict, so the race behind them is not explored.
#
# The guess: a cache that is filled by `if key not in cache` is the race that such a tool is for, and all ways to ask for
# the key are alike. They are not: with `in` and with truth the exploration ends after one execution and says that the
# property holds. With `get` and with `len`, and with a set in the place of the dict, it finds the cache filled twice.
#
# Needs a Python that the package has a wheel for (3.13 was used); PYTHON names another than python3.
# Seen: the text at the end.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
"${PYTHON:-python3}" -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check frontrun==0.7.0
cat > cache.py <<'PY'
from frontrun import explore


class Cache:
    def __init__(self):
        self.known = {}
        self.seen = set()
        self.made = []


def by_in(cache):
    if "k" not in cache.known:
        cache.made.append(1)
        cache.known["k"] = 1


def by_truth(cache):
    if not cache.known:
        cache.made.append(1)
        cache.known["k"] = 1


def by_get(cache):
    if cache.known.get("k") is None:
        cache.made.append(1)
        cache.known["k"] = 1


def by_len(cache):
    if len(cache.known) == 0:
        cache.made.append(1)
        cache.known["k"] = 1


def by_set(cache):
    if "k" not in cache.seen:
        cache.made.append(1)
        cache.seen.add("k")


for fill in by_in, by_truth, by_get, by_len, by_set:
    result = explore(
        setup=Cache,
        workers=fill,
        count=2,
        invariant=lambda cache: len(cache.made) == 1,
        preemption_bound=None,
        reproduce_on_failure=0,
    )
    found = "holds" if result.property_holds else "made twice"
    print(f"{fill.__name__}: {found}, executions: {result.num_explored}")
PY
cat > expected <<'TEXT'
by_in: holds, executions: 1
by_truth: holds, executions: 1
by_get: made twice, executions: 2
by_len: made twice, executions: 2
by_set: made twice, executions: 2
TEXT
venv/bin/frontrun venv/bin/python cache.py 2> errors | grep '^by_' | tee seen || { cat errors; exit 1; }
diff expected seen && echo "as written"
