"""An exception leaves a lock taken, and the next thread waits for ever."""
import threading

lock = threading.Lock()
items = []


def take():
    lock.acquire()
    try:
        items.pop()
    except IndexError:
        return
    lock.release()


threads = [threading.Thread(target=take) for _ in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print("done")
