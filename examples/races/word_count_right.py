"""Counts in a dict under a lock."""
import threading

counts = {}
lock = threading.Lock()


def count(word):
    with lock:
        counts[word] = counts.get(word, 0) + 1


threads = [threading.Thread(target=count, args=("tea",)) for _ in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(counts["tea"])
