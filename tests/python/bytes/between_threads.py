import threading
a = bytearray(); s = set(range(50)); seen = []
def app(n):
    global a
    for i in range(3000):
        a.append(n)
        if i % 50 == 0:
            a += bytes([n]) * 3
def views():
    for i in range(2000):
        try:
            with memoryview(a) as m:
                k = len(m)
                assert len(bytes(m)) == k and len(m[::2].tolist()) == (k + 1) // 2
                if k: m[0] = m[k - 1]
        except BufferError: pass
def app2(n):
    for i in range(3000):
        while True:
            try: a.append(n); break
            except BufferError: pass
def sets():
    for i in range(300):
        s.update(range(50)); s.intersection_update(range(10, 60)); s.symmetric_difference_update({1, 2}); s.discard(1); s.discard(2)
def readers():
    for i in range(500):
        t = s | {1}; assert all(k in t for k in range(10, 50)), t
        for k in range(10, 50): assert k in s
ts = [threading.Thread(target=app, args=(n,)) for n in (1, 2, 3)]
[t.start() for t in ts]; [t.join() for t in ts]
print(len(a), a.count(1), a.count(2), a.count(3))
a.clear()
ts = [threading.Thread(target=app2, args=(n,)) for n in (1, 2)] + [threading.Thread(target=views) for _ in range(2)]
[t.start() for t in ts]; [t.join() for t in ts]
print(len(a))
ts = [threading.Thread(target=f) for f in (sets, sets, readers, readers)]
[t.start() for t in ts]; [t.join() for t in ts]
print(sorted(s) == list(range(10, 50)))
