# What makes an equal object.
import copyreg


class Plain:
    def __init__(self, x):
        self.x = x


class Slots:
    __slots__ = ("a", "b")


class Items(list):
    pass


class Pairs(dict):
    pass


class Number(int):
    pass


class State:
    def __getstate__(self):
        return {"k": 1}


class Args:
    def __getnewargs__(self):
        return (1, 2)


class Named:
    def __getnewargs_ex__(self):
        return (1,), {"k": 2}


class Own:
    def __reduce__(self):
        return "own"


slots = Slots()
slots.a = 1
items = Items([1])
items.q = 2


def shown(part):
    if callable(part):
        return part.__name__
    return list(part) if hasattr(part, "__next__") else part


for value in (
    Plain(1), [1], {1: 2}, (1,), {3}, frozenset([1]), 5, 2.5, "s", b"b", bytearray(b"q"), None, True, range(3),
    slice(1), 1j, object(), ValueError("x"), slots, items, Pairs(a=1), Number(5), State(), Args(), Named(), Own(),
    (i for i in []), Plain.__init__,
):
    for protocol in (0, 2):
        try:
            made = value.__reduce_ex__(protocol)
            made = tuple(shown(part) for part in made) if isinstance(made, tuple) else made
            print(type(value).__name__, protocol, made)
        except TypeError as error:
            print(type(value).__name__, protocol, error)
print(Plain(1).__getstate__(), slots.__getstate__(), items.__getstate__(), object().__getstate__())
function, args, state, *_ = items.__reduce_ex__(2)
copy = function(*args)
print(type(copy).__name__, function is copyreg.__newobj__, state)
function, args, state = Number(7).__reduce_ex__(0) + (None,)
print(function(*args), function is copyreg._reconstructor)
print(Plain(1).__init__.__doc__, len.__text_signature__, "".upper.__text_signature__)


class Documented:
    def method(self):
        """What it does."""


print(Documented().method.__doc__, Documented.method.__doc__, [].append.__self__)
