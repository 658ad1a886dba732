"""`setdefault` gives every thread the same list."""
import threading

groups = {}


def put(key, value):
    groups.setdefault(key, []).append(value)


threads = [threading.Thread(target=put, args=("tea", value)) for value in (1, 2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(len(groups["tea"]))
