def f(a: int, b: str = "x") -> bool:
    "Doc of f."
    return True
f.extra = 1
print(f.__name__, f.__qualname__, f.__doc__, f.__module__, f.__dict__)
f.__name__ = "g"
f.__doc__ = None
print(f.__name__, f.__doc__, f.__qualname__)
class A:
    def m(self):
        def inner(): pass
        return inner
print(A.m.__qualname__, A().m().__qualname__, (lambda: 0).__qualname__, A().m.__func__ is A.m)
try:
    f.__name__ = 3
except TypeError as error:
    print(error)
def one(): return 1
def two(): return 2
one.__code__ = two.__code__
print(one(), one.__globals__ is globals(), f.__type_params__)
print(A().m == A().m, A.m is A.m, type(A().m).__name__, type(f).__name__, type(len).__name__)
a = A()
print(a.m == a.m, a.m is a.m, a.m.__self__ is a, hash(a.m) == hash(a.m))
