import threading
d, l, s = {}, [], set()
def work(n):
    for i in range(500):
        d[n, i] = i
        l.append((n, i))
        s.add(i)
ts = [threading.Thread(target=work, args=(n,)) for n in range(4)]
for t in ts: t.start()
for t in ts: t.join()
print(len(d), len(l), len(s), sorted(l) == sorted(d))
for n in range(4):
    own = [i for m, i in l if m == n]
    print(n, own == list(range(500)))
removed = []
def pop():
    while True:
        try:
            removed.append(l.pop())
        except IndexError:
            return
ts = [threading.Thread(target=pop) for _ in range(3)]
for t in ts: t.start()
for t in ts: t.join()
print(len(removed), len(set(removed)), l)
