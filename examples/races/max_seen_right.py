"""The greatest value so far, compared and stored under a lock."""
import threading

greatest = 0
lock = threading.Lock()


def offer(value):
    global greatest
    with lock:
        if value > greatest:
            greatest = value


threads = [threading.Thread(target=offer, args=(value,)) for value in (1, 2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(greatest)
