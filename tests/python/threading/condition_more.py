import threading
class Own:
    """A lock of the program's own, with nothing but what must be there."""
    def __init__(self): self.lock = threading.Lock()
    def acquire(self, blocking=True): return self.lock.acquire(blocking)
    def release(self): self.lock.release()
    def __enter__(self): self.acquire(); return self
    def __exit__(self, *args): self.release()
c = threading.Condition(Own())
log = []
def wait():
    with c as entered:
        log.append(type(entered).__name__); c.wait(); log.append("woken")
ts = [threading.Thread(target=wait) for _ in range(3)]
for t in ts: t.start()
while len(c._waiters) < 3: pass
with c: c.notify(2)
while log.count("woken") < 2: pass
with c: c.notify_all()
for t in ts: t.join()
print(log.count("Own"), log.count("woken"))
r = threading.RLock(); c = threading.Condition(r)
seen = []
def other():
    with c: seen.append(r.acquire(False)); r.release(); c.notify()
with c, c:
    t = threading.Thread(target=other); t.start(); print(c.wait(60), r._recursion_count(), r._is_owned()); t.join()
print(seen, r._is_owned())
lock = threading.Lock(); c = threading.Condition(lock)
print(repr(c).startswith("<Condition(<unlocked _thread.lock object at"), repr(c).endswith(", 0)>"))
calls = []
def never(): calls.append(1)
with c: print(c.wait_for(never, 0), len(calls), c.wait_for(never, 0.02), len(calls) >= 3, c.wait(0), c.wait(-1), c.notify(5), c.notify_all())
with c:
    for f in (lambda: c.wait("x"), lambda: c.notify("x")):
        try:
            f()
        except TypeError as error:
            print(type(error).__name__)
print(lock.locked(), len(c._waiters))
s = threading.Semaphore(0)
ts = [threading.Thread(target=s.acquire) for _ in range(5)]
for t in ts: t.start()
s.release(5)
for t in ts: t.join()
b = threading.BoundedSemaphore(2)
for f in (lambda: b.release(), lambda: b.acquire(False, 1), lambda: b.release(-1), lambda: repr(b).split(": ")[1], lambda: repr(s).split(": ")[1], lambda: b.acquire(timeout=0.01), lambda: b.acquire(True, 0), lambda: b.acquire(True, 0), lambda: b.release(2), lambda: b._value):
    try:
        print(f())
    except ValueError as error:
        print(error)
