"""Threads read one shared dict: one thread, or as many as the argument says, each doing the whole work."""

import sys
import threading

SHARED = {"k": 1.5}


def read():
    shared = SHARED
    for _ in range(2000000):
        x = shared["k"]


count = int(sys.argv[1]) if len(sys.argv) > 1 else 1
threads = [threading.Thread(target=read) for _ in range(count)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(count)
