"""A table is copied, changed and put back by one thread at a time; readers need no lock."""
import threading

routes = {"a": 1}
lock = threading.Lock()


def add(name):
    global routes
    with lock:
        copy = dict(routes)
        copy[name] = 2
        routes = copy


threads = [threading.Thread(target=add, args=(name,)) for name in ("b", "c")]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(sorted(routes))
