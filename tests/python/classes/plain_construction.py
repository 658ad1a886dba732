"""Classes whose instances `object` makes and a function in Python initialises."""

class A:
    def __init__(self, x): self.x = x
class B:
    def __init__(self): return 5
class C:
    def __init__(self): yield 1
class D(A):
    def __init__(self, x):
        super().__init__(x); self.y = x
class E2(list):
    def __init__(self, x): self.x = x
import types as m
m.A = A
print(A(1).x, m.A(2).x, D(3).y, E2(3).x)
for cls in (B, C):
    try: cls()
    except TypeError as e: print(e)
try: A()
except TypeError as e: print(e)
try: A(1, 2)
except TypeError as e: print(e)
class F:
    def __init__(self, n):
        self = None
        if n == 3: raise ValueError(n)
print(F(1).__class__)
try: F(3)
except ValueError as e:
    import sys
    print(e, e.__traceback__.tb_next.tb_frame.f_locals)
class G:
    def __new__(cls, x): 
        o = super().__new__(cls); o.z = x; return o
    def __init__(self, x): self.w = x
print(G(1).z, G(1).w)
class Meta(type):
    def __call__(cls, *a): return 42
class H(metaclass=Meta):
    def __init__(self): pass
print(H())
import abc
class I(abc.ABC):
    @abc.abstractmethod
    def f(self): pass
    def __init__(self): pass
try: I()
except TypeError as e: print(e)
class J:
    def __init__(self, depth):
        self.d = J(depth - 1) if depth else None
n = 0; j = J(400)
while j: j = j.d; n += 1
print(n)
class K:
    def __init__(self): K.__init__ = lambda self: None; self.ok = 1
print(K().ok)
