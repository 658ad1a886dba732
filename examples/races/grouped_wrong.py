"""A list for each key, made when it is missing: one of two new lists is lost with what is in it."""
import threading

groups = {}


def put(key, value):
    if key not in groups:
        groups[key] = []
    groups[key].append(value)


threads = [threading.Thread(target=put, args=("tea", value)) for value in (1, 2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(len(groups["tea"]))
