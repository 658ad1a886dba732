"""A callback is called with a lock held that it takes itself."""
import threading

lock = threading.Lock()
log = []


def record():
    with lock:
        log.append(1)


def notify(callback):
    with lock:
        callback()


threads = [threading.Thread(target=notify, args=(record,)) for _ in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(log)
