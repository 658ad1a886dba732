# Code, defaults and the rest of a function, assigned: calls from then on have the new ones.


def trying(action):
    try:
        print(action())
    except (TypeError, ValueError, AttributeError) as error:
        print(type(error).__name__, error)


def f(a, b=2):
    return a + b


def g(a, b=5):
    return a * b


print(f(3))
f.__code__ = g.__code__
print(f(3), f.__defaults__, f.__name__, f.__code__.co_name)


def pairs():
    for number in range(4):
        yield number, f(2)
        if number == 1:
            f.__code__ = (lambda a, b: ("new", a, b)).__code__


print(list(pairs()))


def old(n):
    if n == 0:
        return "end"
    old.__code__ = new.__code__
    return "old", old(n - 1)


def new(n):
    if n == 0:
        return "new end"
    return "new", old(n - 1)


print(old(3))


def outer():
    x = 1

    def inner():
        return x

    return inner


inner = outer()


def put(name, value, target=f):
    setattr(target, name, value)
    return getattr(target, name)


trying(lambda: put("__code__", f.__code__, inner))
trying(lambda: put("__code__", inner.__code__))
trying(lambda: put("__code__", 3))
for name in ("__code__", "__closure__", "__globals__", "__builtins__", "__name__", "__dict__"):
    trying(lambda: delattr(f, name))
for name in ("__closure__", "__globals__", "__builtins__"):
    trying(lambda: put(name, ()))
for name in ("__name__", "__qualname__", "__type_params__", "__defaults__", "__kwdefaults__", "__annotations__", "__dict__"):
    trying(lambda: put(name, 3))
for name in ("__name__", "__qualname__", "__type_params__"):
    trying(lambda: put(name, None))
trying(lambda: put("__defaults__", (7, 8)) and f())
trying(lambda: put("__defaults__", (6, 7, 8)) and f())
trying(lambda: f(1, 2, 3, 4))
trying(lambda: put("__defaults__", None) or f(1))


def keywords(*, a, b=2):
    return a, b


trying(lambda: put("__kwdefaults__", {"a": 9}, keywords) and keywords())
trying(lambda: put("__kwdefaults__", {"a": 9, "b": 3, "c": 4}, keywords) and keywords())
keywords.__kwdefaults__["b"] = 77
print(keywords())
del keywords.__kwdefaults__
trying(keywords)


class A:
    def __init__(self):
        self.x = 1

    def m(self):
        return "as it was"


bound = A().m
A.m.__code__ = (lambda self: "as it is").__code__
print(A().m(), bound())


def init(self, q=4):
    self.x = "other", q


A.__init__.__code__ = init.__code__
A.__init__.__defaults__ = (1,)
print(A().x, A(3).x)
