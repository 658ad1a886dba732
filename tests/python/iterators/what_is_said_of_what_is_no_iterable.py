"""A TypeError of `__iter__`, `__int__`, `__index__` or `__fspath__` gives way to what the operation has to say."""


class Raises:
    def __iter__(self):
        raise TypeError("from __iter__")


class Wrong:
    def __iter__(self):
        return 3


class Fails:
    def __iter__(self):
        raise KeyError("passes")


class Late:
    def __iter__(self):
        return self

    def __next__(self):
        raise TypeError("from __next__")


def shown(name, run, value):
    try:
        print(name, run(value))
    except Exception as error:
        print(name, type(value).__name__, type(error).__name__, error)


def assign(part, value):
    row = [1, 2]
    row[part] = value


for value in [Raises(), Wrong(), Fails(), Late()]:
    shown("join", "".join, value)
    shown("join bytes", b"".join, value)
    shown("slice", lambda value: assign(slice(None), value), value)
    shown("steps", lambda value: assign(slice(None, None, 2), value), value)
    shown("dict", lambda value: dict([value]), value)
    shown("update", lambda value: {}.update([value]), value)
    shown("from_bytes", int.from_bytes, value)
    shown("list", list, value)


class Number:
    def __init__(self, gives):
        self.gives = gives

    def __int__(self):
        if isinstance(self.gives, Exception):
            raise self.gives
        return self.gives


class Index:
    def __index__(self):
        raise TypeError("from __index__")


for number in [Number(42), Number(1.0), Number(TypeError("own")), Number(ValueError("own")), Index()]:
    for conversion in "diux":
        shown(conversion, lambda value: f"%{conversion}" % value, number)


class Path:
    def __init__(self, gives):
        self.gives = gives

    def __fspath__(self):
        return self.gives


class NoPath:
    __fspath__ = None


for path in [Path(3), NoPath()]:
    shown("open", open, path)
    shown("compile", lambda path: compile("1", path, "eval"), path)
print(compile("1", Path(b"name"), "eval").co_filename)
print(repr(OSError(1, 2, 3, 4, 5, 6)))


class Plain:
    pass


try:
    Plain.__bases__ = (int,)
except TypeError as error:
    print(error)
