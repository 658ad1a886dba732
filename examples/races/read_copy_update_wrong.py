"""A table is copied, changed and put back: what another thread put back meanwhile is lost."""
import threading

routes = {"a": 1}


def add(name):
    global routes
    copy = dict(routes)
    copy[name] = 2
    routes = copy


threads = [threading.Thread(target=add, args=(name,)) for name in ("b", "c")]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(sorted(routes))
