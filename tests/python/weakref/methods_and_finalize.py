import weakref
class A:
    def m(self): return "called"
a = A()
w = weakref.WeakMethod(a.m); print(w()(), weakref.ref(a.m)())
f = weakref.finalize(a, print, "finalised", 1, end="!\n"); print(f.alive, f.atexit)
del a
print(w(), f.alive, f())
b = A(); g = weakref.finalize(b, lambda x: x * 2, 21); print(g(), g(), g.alive)
h = weakref.finalize(b, print, "never"); print(h.detach() is not None, h.alive)
order = []
c = A()
r1 = weakref.ref(c, lambda r: order.append(1)); r2 = weakref.ref(c, lambda r: order.append(2))
del c; print(sorted(order))
d = A(); r3 = weakref.ref(d, lambda r: 1 / 0); import sys
sys.unraisablehook = lambda u: print("unraisable", u.exc_type.__name__)
del d
x = A(); weakref.finalize(x, print, "at exit")
print("end")
