x: int = 5
y: str
print(x, __annotations__ if False else "y" in globals())
def f(a: int, *b: str, c: float = 1.0, **d: list) -> bool: return True
print(f.__annotations__)
class A:
    n: int = 1
    s: "str"
    def m(self, o: object): pass
print(A.__annotations__, A.n, hasattr(A, "s"), A.m.__annotations__)
def local():
    z: not_defined_anywhere = 1
    return z
print(local())
(w): int = 3
A.q: int = 7
d = {}; d["k"]: int = 4
print(w, A.q, d)
