# A counter under a lock, under a reentrant lock, and under a semaphore of one.
import threading


class Counter:
    def __init__(self, lock):
        self.lock = lock
        self.value = 0

    def add(self):
        with self.lock:
            value = self.value
            self.value = value + 1


for lock in (threading.Lock(), threading.RLock(), threading.Semaphore(1)):
    counter = Counter(lock)

    def work():
        for _ in range(300):
            counter.add()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    print(type(lock).__name__, counter.value)
