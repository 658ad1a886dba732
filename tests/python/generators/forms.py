import sys
def t(f, *a):
    try: print(repr(f(*a)))
    except BaseException as e: print(type(e).__name__, e, "| ctx", repr(e.__context__), "| cause", repr(e.__cause__))
def g():
    try:
        x = yield 1
        print("got", x)
    except GeneratorExit:
        print("exit"); raise
    finally:
        print("fin")
a = g()
t(a.send, 3)
t(next, a)
t(a.throw, ValueError)
t(next, a)
t(a.throw, ValueError("again"))
a = g(); next(a); t(a.close); t(a.close)
def ign():
    while True:
        try: yield 1
        except GeneratorExit: pass
def ret():
    try: yield 1
    except GeneratorExit: return 5
a = ret(); next(a); t(a.close)
a = ret(); t(a.throw, KeyError("unstarted")); t(next, a)
a = ret()
t(a.throw, 3)
t(a.throw, int)
def handled():
    try:
        raise ValueError("outer")
    except ValueError:
        yield sys.exception()
        yield sys.exception()
    yield sys.exception()
a = handled()
print(repr(next(a)), sys.exception())
try: raise KeyError("mid")
except KeyError:
    print(repr(next(a)), repr(sys.exception()))
    print(repr(next(a)))
print(sys.exception())
def ctx():
    try: raise ValueError("in gen")
    except ValueError:
        yield 1
a = ctx(); next(a)
t(a.throw, KeyError("thrown"))
def sub():
    try:
        r = yield "s1"
        print("sub got", r)
        return "subret"
    except KeyError as e:
        print("sub caught", e)
        yield "s2"
def main():
    r = yield from sub()
    print("r", r)
    yield "m"
a = main(); print(next(a), a.gi_yieldfrom.__name__, a.gi_running)
t(a.send, 9)
a = main(); next(a); t(a.throw, KeyError("k")); t(next, a); 
a = main(); next(a); t(a.close)
def bad(): raise StopIteration("oops"); yield
t(next, bad())
def nested():
    yield from bad()
t(next, nested())
me = None
def rec():
    yield next(me)
me = rec()
t(next, me)
def rec2():
    yield me.send(3)
me = rec2(); t(next, me)
def rec3():
    me.close()
    yield
me = rec3(); t(next, me)
def delgen():
    try: yield 1
    finally: print("deleted")
a = delgen(); next(a); del a
def raises_in_del():
    try: yield 1
    finally: 1/0
a = g()
a.__name__ = "nn"; a.__qualname__ = "qq"
print(a.__name__, a.__qualname__, repr(a)[:21])
t(setattr, a, "__name__", 3)
t(lambda: (x for x in 3))
t(lambda: list(x for x in [1,2] if x > 1))
e = (i for i in range(3))
print(e.gi_code.co_name, list(e.gi_frame.f_locals), e.gi_suspended)
def deep(n):
    if n: yield from deep(n-1)
    yield n
print(sum(1 for _ in deep(80)))
def r():
    return 1
    yield
t(lambda: next(r()))
for v in r(): print("no")
print(list(r()))
def y():
    x = yield
    while True: x = yield x
a = y(); next(a); print(a.send(1), a.send(2))
t(lambda: type(a).send(3))
class I:
    def __init__(s): s.n=0
    def __iter__(s): return s
    def __next__(s):
        s.n+=1
        if s.n==2: raise StopIteration((1,2))
        return s.n
def yf(): 
    v = yield from I(); print(v)
list(yf())
