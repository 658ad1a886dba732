class Countdown:
    def __init__(self, n): self.n = n
    def __iter__(self):
        n = self.n
        while n:
            yield n
            n -= 1
    def __reversed__(self):
        yield from range(1, self.n + 1)
c = Countdown(3)
print(list(c), list(c), list(reversed(c)), 2 in c, max(c), [*c, *c])
a, *b = c
print(a, b, dict(zip(c, "xyz")), list(enumerate(c, 5)))
class Lazy:
    @property
    def items(self):
        yield "p"
    def __enter__(self): return self
    def __exit__(self, *e): print("exit")
with Lazy() as l:
    print(list(l.items))
