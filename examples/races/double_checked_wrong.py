"""Whoever sees the flag believes that the value is there: the flag goes up too early."""
import threading

ready = False
value = None
lock = threading.Lock()


def get():
    global ready, value
    if not ready:
        with lock:
            if not ready:
                ready = True
                value = 42
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
