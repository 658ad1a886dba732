class It:
    def __init__(self): self.n = 0
    def __iter__(self): return self
    def __next__(self):
        self.n += 1
        if self.n > 3:
            raise StopIteration("final")
        return self.n
    def throw(self, e): print("throw", repr(e)); return "thrown"
    def send(self, x): print("send", x); return "sent"
    def close(self): print("close")
def d():
    value = yield from It()
    print("value", value)
print(list(d()))
g = d(); next(g)
print(g.send(5), g.throw(KeyError("a")))
g.close()
class Bare:
    def __iter__(self): return iter([1, 2])
h = (lambda: (yield from Bare()))()
next(h)
try:
    h.send(3)
except AttributeError as error:
    print(error)
