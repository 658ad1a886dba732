"""A callback is called after the lock was given back."""
import threading

lock = threading.Lock()
log = []


def record():
    with lock:
        log.append(1)


def notify(callback):
    with lock:
        chosen = callback
    chosen()


threads = [threading.Thread(target=notify, args=(record,)) for _ in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(log)
