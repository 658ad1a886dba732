from abc import ABC, ABCMeta, update_abstractmethods, abstractmethod
class Base(ABC): pass
class Other: pass
print(issubclass(Other, Base)); Base.register(Other); print(issubclass(Other, Base), isinstance(Other(), Base), Base in Other.__mro__)
@Base.register
class Third: pass
print(isinstance(Third(), Base), issubclass(int, Base))
class Sized(metaclass=ABCMeta):
    @classmethod
    def __subclasshook__(cls, sub):
        if cls is Sized: return any("__len__" in b.__dict__ for b in sub.__mro__)
        return NotImplemented
print(isinstance([], Sized), isinstance(5, Sized), issubclass(str, Sized))
class P(ABC):
    @abstractmethod
    def f(self): ...
P.f = lambda self: 1; update_abstractmethods(P); print(P().f())
for f in (lambda: Base.register(5), lambda: (Other2 := type("O", (Base,), {})).register(Base)):
    try:
        f()
    except (TypeError, RuntimeError) as error:
        print(type(error).__name__, error)
