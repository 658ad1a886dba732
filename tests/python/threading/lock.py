import threading
lock = threading.Lock()
print(lock.acquire(), lock.locked(), lock.acquire(False), lock.acquire(timeout=0.01), lock.release(), lock.locked())
with lock: print(lock.locked())
for f in (lock.release, lambda: lock.acquire(False, 1), lambda: lock.acquire(True, -5)):
    try:
        f()
    except (RuntimeError, ValueError) as error:
        print(type(error).__name__, error)
total = 0
def work():
    global total
    for _ in range(1000):
        with lock: total += 1
threads = [threading.Thread(target=work) for _ in range(4)]
for t in threads: t.start()
for t in threads: t.join()
print(total)
