class Meta(type):
    def __instancecheck__(cls, obj): print("instancecheck", obj); return obj == 5
    def __subclasscheck__(cls, sub): print("subclasscheck", sub.__name__); return sub is str
class A(metaclass=Meta): pass
print(isinstance(5, A), isinstance(6, A), isinstance(A(), A), issubclass(str, A), issubclass(int, A), isinstance(5, (str, A)))
print(isinstance(1, int | str), isinstance("a", (int, (float, str))), issubclass(bool, int | None), isinstance(None, int | None), isinstance(True, int), issubclass(int, object), isinstance(int, type), isinstance(3, ()))
class Fake:
    @property
    def __class__(self): return dict
print(isinstance(Fake(), dict), isinstance(Fake(), Fake), type(Fake()).__name__)
for f in (lambda: isinstance(1, 5), lambda: issubclass(1, int), lambda: issubclass(int, 5), lambda: isinstance(1, [int]), lambda: isinstance(1, list[int]), lambda: isinstance(1, (str, 5))):
    try:
        print(f())
    except TypeError as error:
        print(error)
