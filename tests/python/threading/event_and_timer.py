import threading
e = threading.Event()
print(e.is_set(), e.wait(0.01)); e.set(); print(e.is_set(), e.wait()); e.clear(); print(e.is_set())
log = []
t = threading.Timer(0.01, lambda *a, **k: (log.append((a, k)), e.set()), [1], {"x": 2})
t.start(); print(e.wait(10), log); t.join()
u = threading.Timer(60, print, ["never"]); u.start(); u.cancel(); u.join(); print(u.is_alive())
ready, go, out = threading.Event(), threading.Event(), []
def w(): ready.set(); go.wait(); out.append("went")
t = threading.Thread(target=w); t.start(); ready.wait(); print(out); go.set(); t.join(); print(out)
