#!/usr/bin/env bash
# CPython 3.13.5, free-threaded: while a list of integers is sorted, other threads find it empty.
#
# The guess: `sort` holds the list's lock and has no Python code to call, so others see the list before or after, as they do
# with the GIL. It takes the items out, sorts them and puts them back, and what reads without the lock sees none: `len`,
# truth, `in` and a loop. What takes the lock, a copy or a slice, waits and sees all.
#
# Needs a free-threaded CPython 3.13: PYTHON names it, else python3.13t is taken (`free-threaded-python.sh` builds one).
# Seen: the text at the end.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cat > "$dir/look.py" <<'PY'
import threading
import time

ITEMS = 1000
LOOKS = {
    "len": lambda items: len(items) == ITEMS,
    "truth": lambda items: bool(items),
    "in": lambda items: 5 in items,
    "loop": lambda items: sum(1 for _ in items) == ITEMS,
    "slice": lambda items: len(items[:]) == ITEMS,
    "list()": lambda items: len(list(items)) == ITEMS,
    "sorted()": lambda items: len(sorted(items)) == ITEMS,
}


def whole(look):
    """Whether each look within two seconds sees all items while another thread sorts and reverses them."""
    items = list(range(ITEMS))
    stop = threading.Event()

    def disturb():
        while not stop.is_set():
            items.reverse()
            items.sort()

    sorter = threading.Thread(target=disturb)
    sorter.start()
    end = time.monotonic() + 2
    seen = True
    while seen and time.monotonic() < end:
        seen = look(items)
    stop.set()
    sorter.join()
    return seen


for name, look in LOOKS.items():
    print(f"{name}: {'all' if whole(look) else 'fewer'}")
PY
cat > "$dir/expected" <<'TEXT'
gil=0
len: fewer
truth: fewer
in: fewer
loop: fewer
slice: all
list(): all
sorted(): all
gil=1
len: all
truth: all
in: all
loop: all
slice: all
list(): all
sorted(): all
TEXT
for gil in 0 1; do
    echo "gil=$gil"
    "${PYTHON:-python3.13t}" -X gil=$gil "$dir/look.py"
done | tee "$dir/seen"
diff "$dir/expected" "$dir/seen" && echo "as written"
