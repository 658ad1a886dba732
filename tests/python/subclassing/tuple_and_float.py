class Pair(tuple):
    __slots__ = ()
    def __new__(cls, a, b): return tuple.__new__(cls, (a, b))
    @property
    def first(self): return self[0]
p = Pair(1, 2)
a, b = p
print(p, p.first, a, b, p == (1, 2), hash(p) == hash((1, 2)), type(p + ()).__name__, type(p[:]).__name__)
try:
    p.x = 1
except AttributeError as error:
    print(error)
class Half(float):
    def __new__(cls, x): return super().__new__(cls, x / 2)
h = Half(5)
print(h, h + 1, type(h + 1).__name__, h == 2.5, f"{h:.3f}", h.is_integer(), round(h))
class B(bytes): pass
print(B(b"ab"), B(b"ab") + b"c", type(B(b"x").upper()).__name__)
