"""A list that is replaced by a longer one: a writer that copied before another's store loses its item."""
import threading

handlers = []


def subscribe(name):
    global handlers
    handlers = handlers + [name]


threads = [threading.Thread(target=subscribe, args=(name,)) for name in ("a", "b")]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(len(handlers))
