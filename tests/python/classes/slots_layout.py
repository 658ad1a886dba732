class A:
    __slots__ = ("a",)
class B:
    __slots__ = ("b",)
class Empty:
    __slots__ = ()
try:
    class C(A, B): pass
except TypeError as error:
    print(error)
class D(A, Empty):
    __slots__ = ("__dict__",)
d = D()
d.a, d.free = 1, 2
print(d.a, d.__dict__)
class Private:
    __slots__ = ("__hidden",)
    def __init__(self):
        self.__hidden = 1
print(hasattr(Private(), "_Private__hidden"))
d2 = D()
try:
    d2.__class__ = A
except TypeError as error:
    print(error)
try:
    class E(int):
        __slots__ = ("x",)
except TypeError as error:
    print(error)
