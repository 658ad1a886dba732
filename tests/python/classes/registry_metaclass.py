# A metaclass that keeps a register, with keywords of the class statement and of calls.
class Registry(type):
    known = {}

    def __new__(mcs, name, bases, namespace, **options):
        cls = super().__new__(mcs, name, bases, namespace)
        mcs.known[name] = options
        return cls

    def __init__(cls, name, bases, namespace, **options):
        super().__init__(name, bases, namespace)

    def __call__(cls, *args, **kwargs):
        print("calling", cls.__name__, args, kwargs)
        return super().__call__(*args, **kwargs)

    def __len__(cls):
        return len(cls.known)

    def __contains__(cls, name):
        return name in cls.known


class Base(metaclass=Registry, kind="root"):
    def __init__(self, value=0):
        self.value = value


class Leaf(Base, kind="leaf", depth=1):
    pass


print(Registry.known, len(Base), "Leaf" in Leaf, type(Leaf).__name__)
print(Leaf(value=3).value, Base(1).value)
