def f(a, b=2, /, c=3, *args, d, e=5, **kw):
    return a, b, c, args, d, e, kw
print(f(1, d=4), f(1, 2, 3, 4, 5, d=6, e=7, z=8), f(1, d=2, a=9, b=8))
def only(*, x): return x
def pos(x, /): return x
print(only(x=1), pos(1), (lambda *a, **k: (a, k))(1, *[2, 3], x=4, **{"y": 5}))
print(f(*(1, 2), *[3], **{"d": 1}, **{"q": 2}))
print(f.__defaults__, f.__kwdefaults__, f.__code__.co_argcount, f.__code__.co_posonlyargcount, f.__code__.co_kwonlyargcount, f.__code__.co_varnames)
def g(x, *, y=None): return x, y
g.__defaults__ = (10,)
print(g())
g.__kwdefaults__ = {"y": 20}
print(g(1))
