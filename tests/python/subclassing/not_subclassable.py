names = [bool, range, slice, type(None), type(lambda: 0), memoryview, type(...), type(NotImplemented), type(iter([]))]
for base in names:
    try:
        type("X", (base,), {})
    except TypeError as error:
        print(error)
class P(property):
    "A property of ours."
    def __get__(self, obj, cls=None):
        return ("p", super().__get__(obj, cls)) if obj is not None else self
class A:
    @P
    def x(self): return 3
print(A().x, isinstance(A.x, property))
class T(type(sys := __import__("sys"))): pass
m = T("made")
m.x = 1
print(m.__name__, m.x)
