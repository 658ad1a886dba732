log = []
class T:
    def __init__(self, n): log.append(("init", n)); self.n = n
    def __enter__(self): log.append(("enter", self.n)); return self.n
    def __exit__(self, *a): log.append(("exit", self.n))
def gen():
    with T("g"):
        yield 1
        yield 2
with T(1) as a, T(a + 1) as b:
    log.append(("body", a, b))
g = gen()
next(g)
g.close()
print(*log, sep="\n")
log.clear()
def early():
    with T("x"):
        for i in range(5):
            with T(i):
                if i == 1: return i
print(early(), log)
