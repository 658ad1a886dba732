import threading
lock = threading.RLock()
print(lock.acquire(), lock.acquire(), lock.release(), lock.release())
try:
    lock.release()
except RuntimeError as error:
    print(error)
lock.acquire()
def other(): print(lock.acquire(False))
t = threading.Thread(target=other); t.start(); t.join()
def wrong():
    try:
        lock.release()
    except RuntimeError as error:
        print(error)
t = threading.Thread(target=wrong); t.start(); t.join()
lock.release()
with lock, lock: print("twice")
