"""Names of the types that the interpreter uses, and what makes classes at run time."""

LambdaType = FunctionType
BuiltinMethodType = BuiltinFunctionType


def resolve_bases(bases):
    """Return the bases, with those replaced that say by __mro_entries__ what stands for them."""
    resolved = []
    for base in bases:
        entries = None if isinstance(base, type) else getattr(base, "__mro_entries__", None)
        if entries is None:
            resolved.append(base)
            continue
        replacement = entries(bases)
        if not isinstance(replacement, tuple):
            raise TypeError("__mro_entries__ must return a tuple")
        resolved.extend(replacement)
    same = len(resolved) == len(bases) and all(map(_is, resolved, bases))
    return bases if same else tuple(resolved)


def _is(one, other):
    return one is other


def prepare_class(name, bases=(), kwds=None):
    """Return the metaclass of a class to be, its empty namespace, and the keywords without the metaclass."""
    kwds = dict(kwds) if kwds else {}
    meta = kwds.pop("metaclass", None)
    if meta is None:
        meta = type(bases[0]) if bases else type
    if isinstance(meta, type):
        meta = _derived_metaclass(meta, bases)
    namespace = meta.__prepare__(name, bases, **kwds) if hasattr(meta, "__prepare__") else {}
    return meta, namespace, kwds


def _derived_metaclass(meta, bases):
    """The metaclass that derives from those of all bases."""
    for other in map(type, bases):
        if issubclass(other, meta):
            meta = other
        elif not issubclass(meta, other):
            raise TypeError(
                "metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the "
                "metaclasses of all its bases"
            )
    return meta


def new_class(name, bases=(), kwds=None, exec_body=None):
    """Make a class as the class statement does; exec_body fills its namespace."""
    resolved = resolve_bases(bases)
    meta, namespace, kwds = prepare_class(name, resolved, kwds)
    if exec_body is not None:
        exec_body(namespace)
    if resolved is not bases:
        namespace["__orig_bases__"] = bases
    return meta(name, resolved, namespace, **kwds)


def get_original_bases(cls, /):
    """Return the bases of a class as they were given."""
    if not isinstance(cls, type):
        raise TypeError(f"Expected an instance of type, not {type(cls).__name__!r}")
    return cls.__dict__.get("__orig_bases__", cls.__bases__)


class DynamicClassAttribute:
    """A property of instances; on the class, the metaclass is asked."""

    def __init__(self, fget=None, fset=None, fdel=None, doc=None):
        self.fget, self.fset, self.fdel = fget, fset, fdel
        self.overwrite_doc = doc is None
        self.__doc__ = fget.__doc__ if doc is None and fget is not None else doc
        self.__isabstractmethod__ = bool(getattr(fget, "__isabstractmethod__", False))

    def __get__(self, instance, ownerclass=None):
        if instance is None and not self.__isabstractmethod__:
            raise AttributeError
        if instance is None:
            return self
        return self._function(self.fget, "unreadable attribute")(instance)

    def __set__(self, instance, value):
        self._function(self.fset, "can't set attribute")(instance, value)

    def __delete__(self, instance):
        self._function(self.fdel, "can't delete attribute")(instance)

    @staticmethod
    def _function(function, complaint):
        if function is None:
            raise AttributeError(complaint)
        return function

    def _with(self, fget, fset, fdel, doc):
        made = type(self)(fget, fset, fdel, doc)
        made.overwrite_doc = self.overwrite_doc
        return made

    def getter(self, fget):
        doc = fget.__doc__ if self.overwrite_doc else None
        return self._with(fget, self.fset, self.fdel, doc or self.__doc__)

    def setter(self, fset):
        return self._with(self.fget, fset, self.fdel, self.__doc__)

    def deleter(self, fdel):
        return self._with(self.fget, self.fset, fdel, self.__doc__)


class _AwaitableGenerator:
    """A generator that can be awaited, though its code does not say so."""

    def __init__(self, generator):
        self._generator = generator

    def __getattr__(self, name):
        return getattr(self._generator, name)

    def __iter__(self):
        return self._generator

    __await__ = __iter__

    def __next__(self):
        return next(self._generator)


def coroutine(func):
    """Make a generator function one whose generators can be awaited."""
    if not callable(func):
        raise TypeError("types.coroutine() expects a callable")
    generator, awaitable = 0x20, 0x180
    if isinstance(func, FunctionType):
        flags = func.__code__.co_flags
        if flags & awaitable:
            return func
        if flags & generator:
            func.__code__ = func.__code__.replace(co_flags=flags | 0x100)
            return func

    def call(*args, **kwargs):
        made = func(*args, **kwargs)
        is_plain = isinstance(made, GeneratorType) and not made.gi_code.co_flags & awaitable
        return _AwaitableGenerator(made) if is_plain else made

    for name in ("__module__", "__name__", "__qualname__", "__doc__"):
        if hasattr(func, name):
            setattr(call, name, getattr(func, name))
    call.__dict__.update(getattr(func, "__dict__", {}))
    call.__wrapped__ = func
    return call


__all__ = [name for name in globals() if not name.startswith("_")]
