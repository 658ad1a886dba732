#!/usr/bin/env bash
# pytest-run-parallel 0.10.0: one thread that skips hides the failures of the others, and a warning is no error in any.
#
# The guess: a test that runs in four threads fails if it fails in one. If another thread skips, the test counts as skipped
# and the status is 0. A warning that `-W error` has made an exception ends its thread and is dropped: the test passes in
# four threads that fails in one. And a test method is no four tests, each with its `setUp`: the threads share one instance,
# set up once.
#
# Runs on Python 3.11; PYTHON names another than python3.
# Seen: the text at the end.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
"${PYTHON:-python3}" -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check pytest==8.4.2 pytest-run-parallel==0.10.0
cat > test_threads.py <<'PY'
import itertools
import threading
import unittest
import warnings

import pytest

arrivals = itertools.count()


def test_one_fails():
    assert next(arrivals) != 0


def test_skip_or_fail():
    if next(arrivals) == 0:
        pytest.skip("not here")
    pytest.fail("on purpose")


def test_warns():
    warnings.warn("outdated", DeprecationWarning)


class Counted(unittest.TestCase):
    def setUp(self):
        self.runs = []

    def test_method(self):
        self.runs.append(threading.get_ident())
        self.assertEqual(len(self.runs), 1)
PY
ask() {
    local status=0
    venv/bin/python -m pytest -q -W error -p no:cacheprovider "test_threads.py::$1" --parallel-threads="$2" > log 2>&1 || status=$?
    echo "$1, threads $2: $(tail -1 log | sed 's/ in .*//'), status $status"
}
{
    ask test_one_fails 4
    ask test_skip_or_fail 4
    ask test_warns 1
    ask test_warns 4
    ask Counted::test_method 1
    ask Counted::test_method 4
} | tee seen
cat > expected <<'TEXT'
test_one_fails, threads 4: 1 error, status 1
test_skip_or_fail, threads 4: 1 skipped, status 0
test_warns, threads 1: 1 failed, status 1
test_warns, threads 4: 1 passed, status 0
Counted::test_method, threads 1: 1 passed, status 0
Counted::test_method, threads 4: 1 error, status 1
TEXT
diff expected seen && echo "as written"
