import _thread, threading
def soon():
    started.set()
    while not waiting: pass
    _thread.interrupt_main()
def held(lock):
    lock.acquire(); return lock
other = threading.Event()
sleeper = threading.Thread(target=other.wait, daemon=True); sleeper.start()
def under(c, *args):
    with c: c.wait(*args)
def barrier():
    try:
        threading.Barrier(2).wait(0.2)
    except threading.BrokenBarrierError:
        pass
for f in (lambda: held(threading.Lock()).acquire(timeout=0.2), lambda: threading.Event().wait(0.2), lambda: under(threading.Condition(), 0.2), lambda: threading.Semaphore(0).acquire(timeout=0.2), barrier, lambda: sleeper.join(0.2)):
    waiting, started = [], threading.Event()
    t = threading.Thread(target=soon); t.start(); started.wait()
    try:
        waiting.append(1)
        f()
        while True: pass
    except KeyboardInterrupt as error:
        print("woken", error.args)
    t.join()
waiting = [1]
lock = held(threading.Lock())
def locked():
    lock.acquire(); print("not interrupted")
t = threading.Thread(target=locked); t.start()
try:
    started = threading.Event(); soon()
    while True: pass
except KeyboardInterrupt:
    print("in a loop")
lock.release(); t.join(); other.set(); sleeper.join()
