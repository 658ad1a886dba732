import gc, weakref
gc.disable()
log, saved = [], []
class F:
    def __init__(self, n): self.n = n
    def __del__(self): log.append(self.n)
class R:
    def __del__(self): log.append("resurrect"); saved.append(self)
a, b = F(1), F(2); a.o, b.o = b, a
del a, b
print(log); gc.collect(); print(sorted(log)); log.clear()
r = R(); r.me = r; w = weakref.ref(r, lambda _: log.append("callback"))
del r
gc.collect(); print(log, len(saved), w() is None, gc.is_finalized(saved[0]))
saved.clear(); gc.collect(); print(log.count("resurrect"))
calls = []
def cb(phase, info): calls.append((phase, sorted(info)))
gc.callbacks.append(cb); gc.collect(); gc.callbacks.remove(cb)
print(calls)
def make():
    l = []; l.append(l); return weakref.ref(type("T", (), {})())
print(make()() is None, gc.collect() >= 1)
