#!/usr/bin/env bash
# CPython 3.13.5, free-threaded and with the GIL: `n += 1` in two threads loses nothing under the GIL, however often it runs.
#
# The guess, from every textbook: `n += 1` is a load, an addition and a store, so with the GIL it loses now and then, most of
# all with a switch interval of a microsecond. The interpreter looks whether to switch only at the end of a turn of a loop
# and at calls, and between the load and the store there is neither. A counter, an attribute and an item that many tests
# have shown to be right lose at once without the GIL. With a call between the two, both builds lose.
#
# Needs a free-threaded CPython 3.13: PYTHON names it, else python3.13t is taken (`free-threaded-python.sh` builds one).
# Seen: the text at the end. A race ends at its first loss, or after 20 rounds for those that show none.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cat > "$dir/count.py" <<'PY'
import sys
import threading

TURNS = 100_000


class Box:
    n = 0


def one():
    return 1


def by_global():
    global total
    for _ in range(TURNS):
        total += 1


def by_attribute():
    for _ in range(TURNS):
        box.n += 1


def by_item():
    for _ in range(TURNS):
        items[0] += 1


def by_call():
    global total
    for _ in range(TURNS):
        total += one()


def exact(work):
    """Whether two threads that start `work` together count each turn."""
    global total, box, items
    total, box, items = 0, Box(), [0]
    start = threading.Barrier(2)
    threads = [threading.Thread(target=lambda: (start.wait(), work())) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return total + box.n + items[0] == 2 * TURNS


sys.setswitchinterval(1e-6)
gil = sys._is_gil_enabled()
for work in by_global, by_attribute, by_item, by_call:
    rounds = 20 if gil and work is not by_call else 500
    print(f"{work.__name__}: {'exact' if all(exact(work) for _ in range(rounds)) else 'loses'}")
PY
cat > "$dir/expected" <<'TEXT'
gil=0
by_global: loses
by_attribute: loses
by_item: loses
by_call: loses
gil=1
by_global: exact
by_attribute: exact
by_item: exact
by_call: loses
TEXT
for gil in 0 1; do
    echo "gil=$gil"
    "${PYTHON:-python3.13t}" -X gil=$gil "$dir/count.py"
done | tee "$dir/seen"
diff "$dir/expected" "$dir/seen" && echo "as written"
