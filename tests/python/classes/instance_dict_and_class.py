class A:
    x = 1
class B:
    x = 2
    def f(self): return self.x + 10

a = A()
a.y = 5
a.__dict__["z"] = 6
print(a.z, sorted(vars(a)), "x" in a.__dict__)
a.__class__ = B
print(a.f(), type(a).__name__)
a.__dict__ = {"x": 100}
print(a.f(), hasattr(a, "y"))
try:
    a.__dict__ = 3
except TypeError as error:
    print(error)
try:
    a.__class__ = int
except TypeError as error:
    print(error)
try:
    A.__dict__["x"] = 5
except TypeError as error:
    print(error)
try:
    int.x = 1
except TypeError as error:
    print(error)
