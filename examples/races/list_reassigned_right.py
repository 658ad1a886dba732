"""A list to which both add in one step."""
import threading

handlers = []


def subscribe(name):
    handlers.append(name)


threads = [threading.Thread(target=subscribe, args=(name,)) for name in ("a", "b")]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(len(handlers))
