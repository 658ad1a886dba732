#!/usr/bin/env bash
# CPython 3.13.5, free-threaded: what another thread has made is not finalized until that thread runs again.
#
# The guess: the thread that drops the last reference runs `__del__`, there and then, as in the default build. Here the
# object goes back to the thread that made it, which runs `__del__` between two of its own bytecodes. While that thread waits
# for a lock, an event or the clock, a dropped file stays open and a weak reference stays alive. A garbage collection ends
# the wait; so does the maker's end. `-X gil=1` changes nothing: it depends on the build.
#
# Needs a free-threaded CPython 3.13: PYTHON names it, else python3.13t is taken (`free-threaded-python.sh` builds one).
# Seen: the text at the end.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cat > "$dir/drop.py" <<'PY'
import gc
import threading
import time


class Resource:
    def __del__(self):
        finalized_by.append(threading.current_thread().name)


finalized_by = []


def drop(name, *, while_waiting, then=lambda: None):
    """Drops in this thread what a maker has made, while it waits or after it has ended, and tells who has finalized it."""
    finalized_by.clear()
    box = []
    made = threading.Event()
    wake = threading.Event()

    def make():
        box.append(Resource())
        made.set()
        if while_waiting:
            wake.wait()

    maker = threading.Thread(target=make, name="the maker")
    maker.start()
    made.wait()
    if not while_waiting:
        maker.join()
    time.sleep(0.2)
    box.clear()
    then()
    time.sleep(0.2)
    early = list(finalized_by)
    wake.set()
    maker.join()
    print(f"{name}: {early or 'nobody'}, in the end {finalized_by}")


threading.current_thread().name = "the dropper"
drop("while the maker waits", while_waiting=True)
drop("with a collection", while_waiting=True, then=gc.collect)
drop("after the maker's end", while_waiting=False)
PY
cat > "$dir/expected" <<'TEXT'
gil=0
while the maker waits: nobody, in the end ['the maker']
with a collection: ['the dropper'], in the end ['the dropper']
after the maker's end: ['the dropper'], in the end ['the dropper']
gil=1
while the maker waits: nobody, in the end ['the maker']
with a collection: ['the dropper'], in the end ['the dropper']
after the maker's end: ['the dropper'], in the end ['the dropper']
TEXT
for gil in 0 1; do
    echo "gil=$gil"
    "${PYTHON:-python3.13t}" -X gil=$gil "$dir/drop.py"
done | tee "$dir/seen"
diff "$dir/expected" "$dir/seen" && echo "as written"
