def g():
    "A doc."
    x = 1
    yield x
a = g()
print(a.gi_running, a.gi_suspended, a.gi_frame is not None, a.gi_code.co_name)
next(a)
print(a.gi_suspended, a.gi_frame.f_locals, a.gi_yieldfrom)
next(a, None)
print(a.gi_frame, a.gi_suspended)
a.__name__ = "renamed"
print(a.__name__, a.__qualname__, g.__doc__)
e = (x for x in [])
print(e.__name__, e.__qualname__)
def seen():
    print(me.gi_running)
    yield
me = seen()
next(me)
