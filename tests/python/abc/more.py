import abc, gc, weakref
def tell(*fs):
    for f in fs:
        try:
            print(f())
        except BaseException as error:
            print(type(error).__name__, error)
class A(abc.ABC): pass
tell(lambda: issubclass(5, A), lambda: A.register(A) is A, lambda: abc.ABCMeta(), lambda: abc.ABCMeta("x", (), {}), lambda: A.__instancecheck__(5), lambda: abc.ABC, lambda: abc.ABCMeta.__mro__, lambda: abc.abstractmethod(5), lambda: abc.update_abstractmethods(5), lambda: type(abc.get_cache_token()))
class H(abc.ABC):
    @classmethod
    def __subclasshook__(cls, c): return 5
tell(lambda: issubclass(int, H))
class M(abc.ABC):
    @property
    @abc.abstractmethod
    def x(self): ...
    @classmethod
    @abc.abstractmethod
    def y(cls): ...
    @staticmethod
    @abc.abstractmethod
    def z(): ...
    @abc.abstractproperty
    def w(self): ...
    @abc.abstractclassmethod
    def v(self): ...
    @abc.abstractstaticmethod
    def u(self): ...
print(sorted(M.__abstractmethods__)); tell(M)
before = abc.get_cache_token()
class Gone: pass
A.register(Gone); print(abc.get_cache_token() > before, isinstance(Gone(), A), issubclass(Gone, A))
r = weakref.ref(Gone); del Gone; gc.collect(); print(r())
class Sub(A): pass
class Late: pass
print(isinstance(Late(), A), isinstance(Late(), A)); Sub.register(Late); print(isinstance(Late(), A), isinstance(Late(), Sub), issubclass(Late, A))
class Meta(abc.ABCMeta):
    def __subclasscheck__(cls, sub): print("asked", sub.__name__); return super().__subclasscheck__(sub)
    def __instancecheck__(cls, one): print("asked of", type(one).__name__); return super().__instancecheck__(one)
class B(metaclass=Meta): pass
class C(B): pass
print(isinstance(C(), B), isinstance(5, B), issubclass(int, B))
class Proxy:
    def __init__(self, cls): self.cls = cls
    @property
    def __class__(self): return self.cls
print(isinstance(Proxy(Sub), A), isinstance(Proxy(int), A), isinstance(Proxy(int), int))
class K(abc.ABC):
    def __init_subclass__(cls, **kw): print(cls.__name__, kw)
class L(K, key=1): pass
class Slotted(abc.ABC): __slots__ = ("a",)
s = Slotted(); s.a = 1; print(s.a, hasattr(s, "__dict__"), abc.ABC.__slots__)
class Multi(dict, abc.ABC):
    @abc.abstractmethod
    def f(self): ...
print(Multi(), Multi.__abstractmethods__)
class Cycle(abc.ABC): pass
class Cycled(Cycle): pass
tell(lambda: Cycled.register(Cycle))
