# Threads that import at the same time: one of them runs a module, and a failure lets another try.
# since: a thread that waited for a module gets it though its import has failed
import sys
import threading

sys.runs = []
sys.failures = 1


def together(*bodies):
    barrier = threading.Barrier(len(bodies))
    results = [None] * len(bodies)

    def run(index, body):
        barrier.wait()
        try:
            results[index] = body()
        except ValueError as error:
            results[index] = str(error)

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(bodies)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def failing():
    import imports.failing

    return imports.failing.late


def parent():
    import imports.parent

    return imports.parent.value


def child():
    from imports.parent.child import value

    return value


def fresh(*names):
    for name in names:
        sys.modules.pop(name, None)
    del sys.runs[:]


for turn in range(20):
    fresh("imports.failing")
    sys.failures = 1
    results = together(failing, failing, failing)
    assert sorted(results) == ["done", "done", "not yet"], results
    assert sys.runs == ["imports.failing"] * 2, sys.runs
print("one failed, another ran it")
# expect: one failed, another ran it

for turn in range(20):
    fresh("imports.parent", "imports.parent.child")
    results = together(parent, child, parent, child)
    assert results == ["a child"] * 4, results
    assert sys.runs == ["imports.parent", "imports.parent.child"], sys.runs
print("a package and its module, once each")
# expect: a package and its module, once each
