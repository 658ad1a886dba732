import threading
import time
from threading import Lock, Thread as T

lock = Lock()
total = 0


def work(count, step=1):
    global total
    for _ in range(count):
        with lock:
            total += step


threads = [T(target=work, args=(1000,), kwargs={"step": 2}) for _ in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(total, [thread.is_alive() for thread in threads])
print(threading.current_thread().name, threading.active_count(), threading.get_ident() == threading.main_thread().ident)

named = T(target=lambda: print(threading.current_thread().name), name="worker")
named.start()
named.join()
print(named.name, named.daemon, T(daemon=True).daemon)

event = threading.Event()
log = []


def waiter():
    log.append(event.wait(10))


thread = T(target=waiter)
thread.start()
print(event.wait(0.01), event.is_set())
event.set()
thread.join()
print(log, event.is_set())

print(lock.acquire(), lock.locked(), lock.acquire(False), lock.acquire(timeout=0.01))
lock.release()
print(lock.locked())
again = threading.RLock()
with again:
    with again:
        print("twice")
for bad in (lock.release, again.release, threads[0].start, T().join):
    try:
        bad()
    except RuntimeError as error:
        print(error)
shared = {}
keys = list(range(200))


def fill(start):
    for key in keys[start::2]:
        shared[key] = str(key)


fillers = [T(target=fill, args=(start,)) for start in range(2)]
for thread in fillers:
    thread.start()
for thread in fillers:
    thread.join()
print(len(shared), sorted(shared) == keys, shared[7])
items = []
adders = [T(target=lambda: [items.append(i) for i in range(500)]) for _ in range(2)]
for thread in adders:
    thread.start()
for thread in adders:
    thread.join()
print(len(items), sum(items))
start = time.perf_counter()
time.sleep(0.01)
print(time.perf_counter() - start >= 0.01, time.monotonic() > 0, time.time() > 1e9)
# expect: 8000 [False, False, False, False]
# expect: MainThread 1 True
# expect: worker
# expect: worker False True
# expect: False False
# expect: [True] True
# expect: True True False False
# expect: False
# expect: twice
# expect: release unlocked lock
# expect: cannot release un-acquired lock
# expect: threads can only be started once
# expect: cannot join thread before it is started
# expect: 200 True 7
# expect: 1000 249500
# expect: True True True
