import threading
class Counter:
    instances = 0
    lock = threading.Lock()
    def __init__(self, n):
        self.n = n
        with Counter.lock:
            Counter.instances += 1
    def double(self): return self.n * 2
results = []
start = threading.Barrier(4)
def work():
    start.wait()
    for i in range(200):
        results.append(Counter(i).double())
ts = [threading.Thread(target=work) for _ in range(4)]
for t in ts: t.start()
for t in ts: t.join()
print(Counter.instances, len(results), sum(results) == 4 * sum(i * 2 for i in range(200)))
class Changing:
    def value(self): return "old"
seen, ready, changed = [], threading.Event(), threading.Event()
def read():
    c = Changing()
    seen.append(c.value()); ready.set(); changed.wait(); seen.append(c.value())
t = threading.Thread(target=read); t.start(); ready.wait()
Changing.value = lambda self: "new"
changed.set(); t.join()
print(seen)
