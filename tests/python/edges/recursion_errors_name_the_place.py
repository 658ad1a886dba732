"""A RecursionError says what was going on, unless it was a program's own method that recursed."""

import types


def deep(make):
    made = None
    for _ in range(12000):
        made = make(made)
    return made


def of_classes(made):
    return (made,) if made else (str,)


def shown(name, run):
    try:
        run()
    except RecursionError as error:
        print(name, "|", error)


class Own:
    def __repr__(self):
        return repr(self)

    def __str__(self):
        return str(self)

    def __eq__(self, other):
        return self == other


shown("list", lambda: repr(deep(lambda made: [made])))
shown("tuple", lambda: str(deep(lambda made: (made,))))
shown("dict", lambda: repr(deep(lambda made: {1: made})))
shown("values", lambda: repr(deep(lambda made: {1: made}.values())))
shown("slice", lambda: repr(deep(lambda made: slice(made, None))))
shown("namespace", lambda: repr(deep(lambda made: types.SimpleNamespace(a=made))))
shown("formatted", lambda: f"{deep(lambda made: [made])!r}")
shown("exception", lambda: repr(deep(lambda made: ValueError(made))))
shown("its text", lambda: str(deep(lambda made: ValueError(made))))
shown("equal", lambda: deep(lambda made: [made]) == deep(lambda made: [made]))
shown("less", lambda: deep(lambda made: [made]) < deep(lambda made: [made]))
shown("dicts", lambda: deep(lambda made: {1: made}) == deep(lambda made: {1: made}))
shown("isinstance", lambda: isinstance(1, deep(of_classes)))
shown("issubclass", lambda: issubclass(int, deep(of_classes)))
shown("own repr", lambda: repr(Own()))
shown("own str", lambda: str(Own()))
shown("own ==", lambda: Own() == 1)
