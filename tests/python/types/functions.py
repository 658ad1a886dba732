import types
def tell(*fs):
    for f in fs:
        try:
            print(f())
        except Exception as error:
            print(type(error).__name__, error)
def outer():
    x = 5
    def inner(a, b=2, *, c=3): return x, a, b, c
    return inner
i = outer()
F = types.FunctionType
f = F(i.__code__, globals(), "named", (7, 8), (types.CellType("cell"),), {"c": 9})
print(f(), f(1), f.__name__, f.__qualname__, f.__defaults__, f.__kwdefaults__, f.__closure__[0].cell_contents)
g = F(code=(lambda: tell).__code__, globals=globals()); print(g() is tell, g.__name__, g.__module__)
tell(lambda: F(5, {}), lambda: F(g.__code__, 5), lambda: F(g.__code__, {}, 5), lambda: F(g.__code__, {}, None, 5), lambda: F(i.__code__, {}), lambda: F(i.__code__, {}, None, None, ()), lambda: F(i.__code__, {}, None, None, (5,)), lambda: F(g.__code__, {}, None, None, (types.CellType(),)), F)
n = types.SimpleNamespace({"a": 1}, b=2); print(n, n == types.SimpleNamespace(a=1, b=2), n != 5, n.__reduce__())
n.me = n; print(n)
class N(types.SimpleNamespace): pass
print(N(x=1), N() == types.SimpleNamespace(), N.__mro__)
tell(lambda: types.SimpleNamespace(1), lambda: types.SimpleNamespace({1: 2}), lambda: types.SimpleNamespace([("k", "v")]), lambda: hash(n), lambda: n < n, lambda: types.SimpleNamespace(a=1, b=[]).__replace__(a=2))
class M(type):
    @classmethod
    def __prepare__(mcls, name, bases, **kw): return {"prepared": (name, kw)}
    def __new__(mcls, name, bases, ns, **kw): return super().__new__(mcls, name, bases, ns)
    def __init__(cls, name, bases, ns, **kw): pass
class Entry:
    def __mro_entries__(self, bases): return (list,)
e = Entry()
C = types.new_class("C", (e,), {"metaclass": M, "k": 1}, lambda ns: ns.update(y=3))
print(C.__mro__[1:], C.prepared, C.y, C.__orig_bases__ == (e,), type(C) is M, types.get_original_bases(C) == (e,))
print(types.prepare_class("D", (C,)), types.resolve_bases((e, int)), types.resolve_bases([int]), types.new_class("E").__bases__)
class M2(type): pass
tell(lambda: types.prepare_class("D", (C,), {"metaclass": M2}), lambda: types.get_original_bases(5), lambda: types.coroutine(5))
class Bad:
    def __mro_entries__(self, bases): return [int]
tell(lambda: types.new_class("X", (Bad(),)))
class P:
    def __init__(self): self._v = 1
    @types.DynamicClassAttribute
    def v(self):
        "the doc"
        return self._v
    @v.setter
    def v(self, value): self._v = value
    @v.deleter
    def v(self): del self._v
p = P(); p.v = 7; print(p.v, P.__dict__["v"].__doc__); del p.v; print(vars(p))
@types.coroutine
def gen(x):
    """doc"""
    got = yield x
    return got
print(gen.__name__, isinstance(gen(1), types.GeneratorType), gen.__code__.co_flags & 0x100)
async def main(): return await gen("asked")
m = main(); print(m.send(None))
try:
    m.send("told")
except StopIteration as stop:
    print(stop.value)
print(types.coroutine(main) is main)
print([name for name in types.__all__ if name not in ("CapsuleType",) and not hasattr(types, name)], types.LambdaType is types.FunctionType, types.UnionType, types.GenericAlias, types.TracebackType, types.FrameType, types.CodeType, types.NoneType, types.ModuleType, types.MappingProxyType, types.SimpleNamespace)
