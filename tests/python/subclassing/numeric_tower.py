class Num:
    def __init__(self, v): self.v = v
    def __int__(self): return self.v
    def __float__(self): return self.v / 1
    def __complex__(self): return complex(self.v, 1)
    def __neg__(self): return Num(-self.v)
    def __pos__(self): return self
    def __abs__(self): return abs(self.v)
    def __invert__(self): return ~self.v
    def __round__(self, n=None): return ("round", n)
    def __trunc__(self): return ("trunc",)
    def __floor__(self): return "floor"
    def __ceil__(self): return "ceil"
import math
n = Num(-7)
print(int(n), float(n), complex(n), (-n).v, (+n).v, abs(n), ~n, round(n), round(n, 2))
print(math.trunc(n), math.floor(n), math.ceil(n), math.sqrt(Num(9)))
class Bad:
    def __int__(self): return "x"
    def __float__(self): return 1
for f in (int, float):
    try:
        f(Bad())
    except TypeError as error:
        print(error)
