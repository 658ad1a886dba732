"""The first one to come is registered, and nobody else: the dict looks and inserts in one step."""
import threading

owners = {}
winners = []


def register(name):
    if owners.setdefault("printer", name) == name:
        winners.append(name)


threads = [threading.Thread(target=register, args=(name,)) for name in ("a", "b")]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(len(winners))
