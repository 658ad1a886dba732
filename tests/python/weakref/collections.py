import weakref, gc
class K:
    def __init__(self, n): self.n = n
    def __repr__(self): return f"K{self.n}"
a, b = K(1), K(2)
v = weakref.WeakValueDictionary(a=a, b=b); k = weakref.WeakKeyDictionary({a: "x", b: "y"}); s = weakref.WeakSet([a, b])
print(len(v), v["a"], sorted(v), k[a], len(k), a in s, len(s), "a" in v, v.get("q"), sorted(k.values()), sorted(map(repr, s)))
del a; gc.collect()
print(len(v), list(v), list(k.values()), len(s), v.get("a", "gone"))
try:
    v["a"]
except KeyError as error:
    print(repr(error))
v["c"] = b; k[b] = "z"; s.discard(b); print(sorted(v.keys()), dict(k), len(s), v.pop("c"), v.setdefault("d", b))
p = weakref.proxy(b); print(p.n, type(p).__name__, p == b); p.m = 5; print(b.m)
del b
try:
    p.n
except ReferenceError as error:
    print(error)
