#!/usr/bin/env bash
# numpy 2.4.6 on a Python with the GIL: two threads that count in one array lose nothing up to 500 elements, and lose above.
#
# The guess: either the GIL is held during an operation, and a small and a large array are alike, or it is not, and both lose.
# numpy lets go of it only for operations on more than 500 elements. A test with a small array shows that
# `a[:] = a + 1` is exact; the same line with one element more is not, nor is `a += 1` on a large one.
#
# Runs on Python 3.11; PYTHON names another than python3.
# Seen: the text at the end. A race ends at its first loss, or after 20 rounds for those that show none.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
"${PYTHON:-python3}" -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check numpy==2.4.6
cat > count.py <<'PY'
import sys
import threading

import numpy

TURNS = 1000


def add_and_store(array):
    array[:] = array + 1


def add_in_place(array):
    array += 1


def exact(size, add):
    """Whether an array that two threads count in shows each turn."""
    array = numpy.zeros(size, dtype=numpy.int64)
    start = threading.Barrier(2)

    def run():
        start.wait()
        for _ in range(TURNS):
            add(array)

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return bool((array == 2 * TURNS).all())


sys.setswitchinterval(1e-6)
for add, size, rounds in [
    (add_and_store, 1, 20),
    (add_and_store, 500, 20),
    (add_and_store, 501, 1000),
    (add_in_place, 500, 20),
    (add_in_place, 100_000, 200),
]:
    print(f"{add.__name__}, {size}: {'exact' if all(exact(size, add) for _ in range(rounds)) else 'loses'}")
PY
cat > expected <<'TEXT'
add_and_store, 1: exact
add_and_store, 500: exact
add_and_store, 501: loses
add_in_place, 500: exact
add_in_place, 100000: loses
TEXT
venv/bin/python count.py | tee seen
diff expected seen && echo "as written"
