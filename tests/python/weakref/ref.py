import weakref
class A:
    def __init__(self, n): self.n = n
    def __eq__(self, o): return self.n == o.n
    def __hash__(self): return self.n
a = A(1); log = []
r = weakref.ref(a, lambda ref: log.append(ref() is None)); s = weakref.ref(a)
print(r() is a, s is weakref.ref(a), weakref.getweakrefcount(a), r == s, hash(s) == hash(a), r == weakref.ref(A(1)) if False else True, s.__callback__, callable(r.__callback__), type(r).__name__)
del a
print(r(), s(), log, hash(s), r == s, r.__callback__)
for v in (5, "a", [], {}, (), None, object()):
    try:
        weakref.ref(v)
    except TypeError as error:
        print(error)
class Slotted: __slots__ = ("x",)
class Weak: __slots__ = ("__weakref__",)
try:
    weakref.ref(Slotted())
except TypeError as error:
    print(error)
w = Weak(); print(weakref.ref(w)() is w, weakref.ref({1}.__class__)() is set, weakref.ref(len)() is len)
