import threading
s = threading.Semaphore(2)
print(s.acquire(), s.acquire(), s.acquire(False), s.acquire(timeout=0.01)); s.release(2)
print(s.acquire(blocking=False)); s.release()
b = threading.BoundedSemaphore(1)
with b: print("inside")
for f in (b.release, lambda: threading.Semaphore(-1), lambda: s.release(0)):
    try:
        f()
    except ValueError as error:
        print(error)
active, peak, guard = 0, 0, threading.Lock()
def work():
    global active, peak
    with s:
        with guard: active += 1; peak = max(peak, active)
        with guard: active -= 1
ts = [threading.Thread(target=work) for _ in range(6)]
for t in ts: t.start()
for t in ts: t.join()
print(active, 1 <= peak <= 2)
