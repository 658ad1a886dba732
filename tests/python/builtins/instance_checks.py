class Meta(type):
    def __instancecheck__(cls, obj): raise RuntimeError("instancecheck")
    def __subclasscheck__(cls, sub): return NotImplemented if sub is int else []
class A(metaclass=Meta): pass
class Old: pass
first = Old(); first.__bases__ = (int,)
second = Old(); second.__bases__ = (first,)
class Says:
    __class__ = property(lambda self: second)
class Raises:
    __class__ = property(lambda self: 1 / 0)
class Hides:
    @property
    def __class__(self): raise AttributeError
deep = int
for _ in range(50): deep = (deep, str)
for function in (
    lambda: isinstance(5, A), lambda: isinstance(A(), A), lambda: issubclass(str, A),
    lambda: issubclass(second, first), lambda: issubclass(first, second), lambda: issubclass(first, int), lambda: isinstance(5, first),
    lambda: isinstance(Says(), first), lambda: isinstance(Says(), Says), lambda: isinstance(Raises(), int), lambda: isinstance(Hides(), int), lambda: isinstance(Hides(), Hides),
    lambda: isinstance(5, (str, (bytes, int))), lambda: isinstance(5, deep), lambda: isinstance(b"", deep),
    lambda: isinstance(5, (str, int, 5)), lambda: isinstance(5, (str, 5)), lambda: issubclass(5, int), lambda: issubclass(int, 5), lambda: isinstance(5, [int]), lambda: isinstance(5, ()),
    lambda: type.__instancecheck__(int, 5), lambda: int.__subclasscheck__(bool), lambda: int.__subclasscheck__(5), lambda: int.__instancecheck__(True),
):
    try:
        print(function())
    except Exception as error:
        print(type(error).__name__, error)
