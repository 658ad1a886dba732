class A:
    x = 1
    def m(self): pass
class B(A):
    y = 2
b = B(); b.z = 3
print([n for n in dir(b) if not n.startswith("__")], vars(b), sorted(k for k in vars(B) if not k.startswith("__")), [n for n in dir(B) if not n.startswith("_")])
class D:
    def __dir__(self): return ["b", "a"]
print(dir(D()))
def f():
    q = 1; p = 2
    return dir(), sorted(vars())
print(f(), "append" in dir([]), dir(5) == dir(int), "f" in dir())
class Bad:
    def __dir__(self): return 5
try:
    dir(Bad())
except TypeError as error:
    print(error)
x = y = []; print(id(x) == id(y), id(x) == id([]), type(id(x)).__name__)
