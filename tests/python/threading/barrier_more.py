import threading
def tell(f, *args):
    try:
        print(f(*args))
    except BaseException as error:
        print(type(error).__name__, error)
tell(threading.Barrier, 0); tell(threading.Barrier, "x")
log = []
def action():
    log.append("action"); raise ValueError("in the action")
b = threading.Barrier(2, action)
def wait(b, timeout=None):
    try:
        log.append(b.wait(timeout))
    except Exception as error:
        log.append(type(error).__name__)
t = threading.Thread(target=wait, args=(b,)); t.start()
while not b.n_waiting: pass
tell(b.wait); t.join(); print(sorted(map(str, log)), b.broken, b.n_waiting)
b.reset(); print(b.broken, b.n_waiting, repr(b).split(": ")[1]); b.abort(); print(repr(b).split(": ")[1])
log.clear(); b = threading.Barrier(3, timeout=60)
ts = [threading.Thread(target=wait, args=(b,)) for _ in range(2)]
for t in ts: t.start()
while b.n_waiting < 2: pass
b.reset()
for t in ts: t.join()
print(log, b.broken, b.n_waiting)
log.clear(); ts = [threading.Thread(target=wait, args=(b,)) for _ in range(2)]
for t in ts: t.start()
while b.n_waiting < 2: pass
b.abort()
for t in ts: t.join()
print(log, b.broken); tell(b.wait)
b = threading.Barrier(2, timeout=0.01); tell(b.wait); print(b.broken)
turns, b = [], threading.Barrier(4, lambda: turns.append(len(turns)))
def rounds():
    for _ in range(50): b.wait()
ts = [threading.Thread(target=rounds) for _ in range(4)]
for t in ts: t.start()
for t in ts: t.join()
print(turns == list(range(50)), b.n_waiting, threading.Barrier(1).wait(), threading.BrokenBarrierError.__mro__[1])
