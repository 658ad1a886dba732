"""What makes an equal object: how `__reduce_ex__` says it, and functions that programs register for it."""

dispatch_table = {}

# The classes whose instances have nothing beyond their items and their attributes.
_PLAIN = (object, list, dict)


def pickle(ob_type, pickle_function, constructor_ob=None):
    """Registers the function that says what makes an object of a class."""
    if not callable(pickle_function):
        raise TypeError("reduction functions must be callable")
    dispatch_table[ob_type] = pickle_function
    if constructor_ob is not None:
        constructor(constructor_ob)


def constructor(object):
    """Refuses what cannot be called."""
    if not callable(object):
        raise TypeError("constructors must be callable")


def __newobj__(cls, *args):
    return cls.__new__(cls, *args)


def __newobj_ex__(cls, args, kwargs):
    return cls.__new__(cls, *args, **kwargs)


def _reconstructor(cls, base, state):
    if base is object:
        return object.__new__(cls)
    made = base.__new__(cls, state)
    if base.__init__ is not object.__init__:
        base.__init__(made, state)
    return made


pickle(complex, lambda number: (complex, (number.real, number.imag)))


def _slot_names(cls):
    """The names of an object's slots, as its dict would have them."""
    for owner in cls.__mro__:
        names = owner.__dict__.get("__slots__", ())
        for name in (names,) if isinstance(names, str) else names:
            if name in ("__dict__", "__weakref__"):
                continue
            if name.startswith("__") and not name.endswith("__") and owner.__name__.strip("_"):
                name = f"_{owner.__name__.lstrip('_')}{name}"
            yield name


def _state(self):
    """What `object.__getstate__` gives: the attributes, and the slots beside them if there are some."""
    attributes = getattr(self, "__dict__", None) or None
    if attributes is not None:
        attributes = dict(attributes)
    missing = object()
    found = {name: getattr(self, name, missing) for name in _slot_names(type(self))}
    slots = {name: value for name, value in found.items() if value is not missing}
    return (attributes, slots) if slots else attributes


def _is_heap(cls):
    return bool(cls.__flags__ & 1 << 9)


def _built_in(cls):
    """The class under those of the program's own."""
    return next(base for base in cls.__mro__ if not _is_heap(base))


def _special(self, cls):
    """What built-in classes with a form of their own give."""
    base = _built_in(cls)
    if base is set or base is frozenset:
        return cls, (list(self),), self.__getstate__()
    if base is bytearray:
        return cls, (self.decode("latin-1"), "latin-1"), self.__getstate__()
    if base is range or base is slice:
        return cls, (self.start, self.stop, self.step)
    return None


def _cannot(cls):
    return TypeError(f"cannot pickle {cls.__name__!r} object")


def _reduce(self, protocol):
    """What `object.__reduce_ex__` gives."""
    cls = type(self)
    found = _special(self, cls)
    if found is not None:
        return found
    return _by_new(self, cls) if protocol >= 2 else _by_base(self, cls)


def _by_new(self, cls):
    args, kwargs = None, None
    if hasattr(cls, "__getnewargs_ex__"):
        args, kwargs = self.__getnewargs_ex__()
    elif hasattr(cls, "__getnewargs__"):
        args = self.__getnewargs__()
        if not isinstance(args, tuple):
            kind = type(args).__name__
            raise TypeError(f"__getnewargs__ should return a tuple, not '{kind}'")
    elif cls is not type(None) and cls.__getstate__ is object.__getstate__ and _built_in(cls) not in _PLAIN:
        raise _cannot(cls)
    items = iter(self) if isinstance(self, list) else None
    pairs = iter(self.items()) if isinstance(self, dict) else None
    if kwargs:
        return __newobj_ex__, (cls, args, kwargs), self.__getstate__(), items, pairs
    return __newobj__, (cls, *(args or ())), self.__getstate__(), items, pairs


def _by_base(self, cls):
    base = _built_in(cls)
    if base is object:
        state = None
    elif base is cls:
        raise _cannot(cls)
    else:
        state = base(self)
    args = cls, base, state
    if cls.__getstate__ is object.__getstate__:
        if getattr(self, "__slots__", None):
            raise TypeError(
                "a class that defines __slots__ without defining __getstate__ cannot be pickled"
            )
        attributes = getattr(self, "__dict__", None)
    else:
        attributes = self.__getstate__()
    return (_reconstructor, args, attributes) if attributes else (_reconstructor, args)
