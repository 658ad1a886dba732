import sys
import threading
sys.runs = []


def together(*bodies):
    barrier = threading.Barrier(len(bodies))
    results = [None] * len(bodies)

    def run(index, body):
        barrier.wait()
        try:
            results[index] = body()
        except Exception as error:
            results[index] = repr(error)
    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(bodies)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def shared():
    from slowly import shared
    return shared.early, shared.late


def left():
    import slowly.left
    return slowly.left.first


def right():
    import slowly.right
    return slowly.right.first


def parent():
    import slowly.parent
    return slowly.parent.value


print(together(shared, shared, shared))
print(sys.runs.count("slowly.shared"))
print(together(left, right))
print(sorted(set(name for name in sys.runs if "left" in name or "right" in name)), len(sys.runs))
import slowly.left, slowly.right
print(slowly.left.last, slowly.right.last)
print(together(parent, parent))
print(sys.runs[3:])
