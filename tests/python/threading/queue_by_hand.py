import threading
class Queue:
    def __init__(self, size):
        self.items, self.size = [], size
        self.lock = threading.Lock()
        self.not_empty = threading.Condition(self.lock)
        self.not_full = threading.Condition(self.lock)
    def put(self, x):
        with self.not_full:
            while len(self.items) >= self.size: self.not_full.wait()
            self.items.append(x)
            self.not_empty.notify()
    def get(self):
        with self.not_empty:
            while not self.items: self.not_empty.wait()
            x = self.items.pop(0)
            self.not_full.notify()
            return x
q, out = Queue(2), []
def produce(n):
    for i in range(20): q.put((n, i))
def consume():
    while (x := q.get()) is not None: out.append(x)
ps = [threading.Thread(target=produce, args=(n,)) for n in range(3)]
cs = [threading.Thread(target=consume) for _ in range(2)]
for t in ps + cs: t.start()
for t in ps: t.join()
for _ in cs: q.put(None)
for t in cs: t.join()
print(len(out), sorted(out) == [(n, i) for n in range(3) for i in range(20)], q.items)
