# A module can become an instance of a subclass of its class, and of nothing else.
import types


class Lazy(types.ModuleType):
    @property
    def answer(self):
        return 42

    def __getattr__(self, name):
        return "made " + name


class Other:
    pass


def trying(action):
    try:
        print(action())
    except (TypeError, AttributeError) as error:
        print(type(error).__name__, error)


def put(target, cls):
    target.__class__ = cls
    return type(target).__name__


m = types.ModuleType("m")
m.x = 1
trying(lambda: put(m, Lazy))
print(m.x, m.answer, m.something, repr(m), isinstance(m, types.ModuleType))
trying(lambda: put(m, types.ModuleType))
trying(lambda: m.answer)
print(m.x, m.__name__)
trying(lambda: put(1, Lazy))
trying(lambda: put(Other(), Lazy))
