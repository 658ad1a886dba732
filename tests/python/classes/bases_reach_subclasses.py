# Other bases reach everything that derives from a class, in one step or not at all.


def trying(action):
    try:
        action()
    except TypeError as error:
        print(type(error).__name__, error)


class First:
    v = 1

    def __len__(self):
        return 1


class Second:
    v = 2
    w = 3

    def __repr__(self):
        return "second"


class Middle(First):
    pass


class Leaf(Middle):
    pass


class Both(Leaf, Middle):
    pass


def show():
    print([[one.__name__ for one in c.__mro__] for c in (Middle, Leaf, Both)])


def bases(cls, *new):
    cls.__bases__ = new


show()
print(len(Both()), Both().v)
bases(Middle, Second)
show()
print(repr(Both()), Both().v, Leaf.w, hasattr(Both, "__len__"))
trying(lambda: len(Both()))
bases(Middle, First, Second)
show()
print(len(Both()), repr(Leaf()), Both().v)
trying(lambda: bases(Middle, First, First))
trying(lambda: bases(Middle, Leaf))
trying(lambda: bases(Middle, Middle))
trying(lambda: bases(Middle, int))
trying(lambda: bases(Middle, object))
trying(lambda: bases(Middle))
show()


# An order that a class below cannot have is refused, and leaves all as they were.
class X:
    pass


class Y:
    pass


class Low(Middle, X, Y):
    pass


trying(lambda: bases(Middle, Y, X))
print([one.__name__ for one in Low.__mro__], [one.__name__ for one in Middle.__bases__])
print([one.__name__ for one in X.__subclasses__()], [one.__name__ for one in Y.__subclasses__()])


# So is one that a metaclass makes; it is asked for the class itself.
class Meta(type):
    def mro(cls):
        return super().mro()


class Made(First, metaclass=Meta):
    pass


bases(Made, Second)
print([one.__name__ for one in Made.__mro__], Made().w)
