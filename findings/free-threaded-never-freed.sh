#!/usr/bin/env bash
# CPython 3.13.5, free-threaded: once a thread was started, classes, functions of a module and modules are never freed.
#
# The guess: a class that nobody refers to goes with the next collection, whatever was started before. After the first thread
# it stays for good, as do a function that is nested in no other and a module; each `eval`, even of the same text, and each
# new name of an attribute leaves blocks behind. A server that makes a named tuple, an enumeration or a model for a request
# grows without end. A nested function and an object are freed. `-X gil=1` changes nothing: it depends on the build.
#
# Needs a free-threaded CPython 3.13: PYTHON names it, else python3.13t is taken (`free-threaded-python.sh` builds one).
# Seen: the text at the end.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cat > "$dir/free.py" <<'PY'
import collections
import enum
import gc
import sys
import threading
import types
import weakref


class Thing:
    pass


def module_function():
    space = {}
    exec("def answer(): return 42", space)
    return space["answer"]


def nested_function():
    def answer():
        return 42

    return answer


MAKERS = {
    "object": Thing,
    "nested function": nested_function,
    "function": module_function,
    "class": lambda: type("Made", (), {}),
    "named tuple": lambda: collections.namedtuple("Made", "x y"),
    "enumeration": lambda: enum.Enum("Made", "A B"),
    "module": lambda: types.ModuleType("made"),
}


def freed(make):
    watched = weakref.ref(make())
    gc.collect()
    return watched() is None


def blocks(step):
    """How many blocks of memory each of many steps leaves behind, rounded."""
    step(0)
    gc.collect()
    before = sys.getallocatedblocks()
    for n in range(1, 2001):
        step(n)
    gc.collect()
    return round((sys.getallocatedblocks() - before) / 2000)


def by_new_name(n):
    thing = Thing()
    setattr(thing, f"name{n}", n)


def report(when):
    print(f"{when}, freed: {', '.join(name for name, make in MAKERS.items() if freed(make))}")


report("before the first thread")
thread = threading.Thread(target=print, args=("one thread",))
thread.start()
thread.join()
report("after it")
print("blocks left by eval of a new text:", blocks(lambda n: eval(f"'text{n}'")))
print("blocks left by eval of the same text:", blocks(lambda n: eval("'text'")))
print("blocks left by a new attribute:", blocks(by_new_name))
PY
cat > "$dir/expected" <<'TEXT'
gil=0
before the first thread, freed: object, nested function, function, class, named tuple, enumeration, module
one thread
after it, freed: object, nested function
blocks left by eval of a new text: 4
blocks left by eval of the same text: 3
blocks left by a new attribute: 1
TEXT
for gil in 0 1; do
    echo "gil=$gil"
    "${PYTHON:-python3.13t}" -X gil=$gil "$dir/free.py"
done | tee "$dir/seen"
{ cat "$dir/expected"; sed 's/gil=0/gil=1/' "$dir/expected"; } | diff - "$dir/seen" && echo "as written"
