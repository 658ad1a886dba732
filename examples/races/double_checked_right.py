"""Whoever sees the flag finds the value: the flag goes up last."""
import threading

ready = False
value = None
lock = threading.Lock()


def get():
    global ready, value
    if not ready:
        with lock:
            if not ready:
                value = 42
                ready = True
    return value


seen = [None, None]


def work(index):
    seen[index] = get()


threads = [threading.Thread(target=work, args=(index,)) for index in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(seen)
