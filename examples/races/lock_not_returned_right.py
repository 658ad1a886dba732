"""`with` gives a lock back also when an exception passes."""
import threading

lock = threading.Lock()
items = []


def take():
    with lock:
        try:
            items.pop()
        except IndexError:
            return


threads = [threading.Thread(target=take) for _ in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print("done")
