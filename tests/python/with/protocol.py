class CM:
    def __init__(self, name, swallow=False): self.name, self.swallow = name, swallow
    def __enter__(self):
        print("enter", self.name)
        return self
    def __exit__(self, kind, value, tb):
        print("exit", self.name, kind and kind.__name__, value, tb is not None)
        return self.swallow
with CM("a") as a: print("body", a.name)
with CM("b", True): raise ValueError("swallowed")
try:
    with CM("c"): raise KeyError("out")
except KeyError as error:
    print(repr(error))
with CM("1") as x, CM("2") as y, CM("3", True):
    print(x.name, y.name)
    raise IndexError("i")
with (CM("p") as p, CM("q"),): print("parenthesised", p.name)
def f():
    with CM("r"): return "value"
print(f())
