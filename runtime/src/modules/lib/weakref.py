"""Weak references, and collections that do not keep their items alive."""

from _weakref import (
    getweakrefcount, getweakrefs, ref, proxy, CallableProxyType, ProxyType, ReferenceType, _remove_dead_weakref,
)
from _weakrefset import WeakSet

import atexit as _atexit

__all__ = [
    "ref", "proxy", "getweakrefcount", "getweakrefs", "WeakKeyDictionary", "ReferenceType", "ProxyType",
    "CallableProxyType", "ProxyTypes", "WeakValueDictionary", "WeakSet", "WeakMethod", "finalize",
]

ProxyTypes = (ProxyType, CallableProxyType)
_MISSING = object()


class WeakMethod(ref):
    """A reference to a bound method, which lives for as long as its object and its function do."""

    __slots__ = "_func_ref", "_meth_type", "_alive", "__weakref__"

    def __new__(cls, meth, callback=None):
        try:
            owner, function = meth.__self__, meth.__func__
        except AttributeError:
            raise TypeError(f"argument should be a bound method, not {type(meth)}") from None

        def _gone(_reference):
            self = me()
            if self is not None and self._alive:
                self._alive = False
                if callback is not None:
                    callback(self)

        self = ref.__new__(cls, owner, _gone)
        self._func_ref = ref(function, _gone)
        self._meth_type = type(meth)
        self._alive = True
        me = ref(self)
        return self

    def __init__(self, meth, callback=None):
        super().__init__(meth, callback)

    def __call__(self):
        owner, function = super().__call__(), self._func_ref()
        if owner is None or function is None:
            return None
        return self._meth_type(function, owner)

    def __eq__(self, other):
        if isinstance(other, WeakMethod):
            if not self._alive or not other._alive:
                return self is other
            return ref.__eq__(self, other) and self._func_ref == other._func_ref
        return NotImplemented

    def __ne__(self, other):
        equal = self.__eq__(other)
        return equal if equal is NotImplemented else not equal

    __hash__ = ref.__hash__


class KeyedRef(ref):
    """A reference that knows under which key its object is found."""

    __slots__ = ("key",)

    def __new__(cls, ob, callback, key):
        self = ref.__new__(cls, ob, callback)
        self.key = key
        return self

    def __init__(self, ob, callback, key):
        super().__init__(ob, callback)


class _WeakMapping:
    """What both dictionaries do in the same way, on top of what each of them does in its own."""

    def __repr__(self):
        return f"<{self.__class__.__name__} at {id(self):#x}>"

    def __len__(self):
        return sum(1 for _ in self.items())

    def __iter__(self):
        return self.keys()

    def keys(self):
        for key, _ in self.items():
            yield key

    def values(self):
        for _, value in self.items():
            yield value

    def __contains__(self, key):
        return self.get(key, _MISSING) is not _MISSING

    def popitem(self):
        while True:
            key, value = self._alive(*self.data.popitem())
            if key is not None and value is not None:
                return key, value

    def clear(self):
        self.data.clear()

    def copy(self):
        new = self.__class__()
        for key, value in self.items():
            new[key] = value
        return new

    __copy__ = copy

    def __deepcopy__(self, memo):
        from copy import deepcopy

        new = self.__class__()
        for key, value in self.items():
            copied = self._deep_pair(key, value, lambda part: deepcopy(part, memo))
            new[copied[0]] = copied[1]
        return new

    def update(self, other=None, /, **kwargs):
        if other is not None:
            if not hasattr(other, "items"):
                other = dict(other)
            for key, value in other.items():
                self[key] = value
        for key, value in kwargs.items():
            self[key] = value

    def __ior__(self, other):
        self.update(other)
        return self

    def __or__(self, other):
        if not hasattr(other, "keys"):
            return NotImplemented
        new = self.copy()
        new.update(other)
        return new

    def __ror__(self, other):
        if not hasattr(other, "keys"):
            return NotImplemented
        new = self.__class__()
        new.update(other)
        new.update(self)
        return new

    def __eq__(self, other):
        if not hasattr(other, "keys") or not hasattr(other, "items"):
            return NotImplemented
        return dict(self.items()) == dict(other.items())

    __hash__ = None


class WeakValueDictionary(_WeakMapping):
    """A mapping that forgets an entry when nobody else has its value."""

    def __init__(self, other=(), /, **kw):
        me = ref(self)

        def _remove(reference, me=me, remove=_remove_dead_weakref):
            owner = me()
            if owner is not None:
                # Another value may be there by now.
                remove(owner.data, reference.key)

        self._remove = _remove
        self.data = {}
        self.update(other, **kw)

    def _alive(self, key, reference):
        return key, reference()

    def _deep_pair(self, key, value, deep):
        return deep(key), value

    def items(self):
        for key, reference in list(self.data.items()):
            value = reference()
            if value is not None:
                yield key, value

    def __getitem__(self, key):
        value = self.data[key]()
        if value is None:
            raise KeyError(key)
        return value

    def __setitem__(self, key, value):
        self.data[key] = KeyedRef(value, self._remove, key)

    def __delitem__(self, key):
        del self.data[key]

    def get(self, key, default=None):
        reference = self.data.get(key)
        value = None if reference is None else reference()
        return default if value is None else value

    def pop(self, key, *args):
        reference = self.data.pop(key, None)
        value = None if reference is None else reference()
        if value is not None:
            return value
        if args:
            return args[0]
        raise KeyError(key)

    def setdefault(self, key, default=None):
        while True:
            reference = self.data.setdefault(key, new := KeyedRef(default, self._remove, key))
            value = reference()
            if value is not None:
                return value
            _remove_dead_weakref(self.data, key)

    def itervaluerefs(self):
        yield from list(self.data.values())

    def valuerefs(self):
        return list(self.data.values())


class WeakKeyDictionary(_WeakMapping):
    """A mapping that forgets an entry when nobody else has its key."""

    def __init__(self, dict=None):
        self.data = {}
        me = ref(self)

        def _remove(reference, me=me):
            owner = me()
            if owner is not None:
                owner.data.pop(reference, None)

        self._remove = _remove
        if dict is not None:
            self.update(dict)

    def _alive(self, reference, value):
        return reference(), value

    def popitem(self):
        while True:
            reference, value = self.data.popitem()
            key = reference()
            if key is not None:
                return key, value

    def _deep_pair(self, key, value, deep):
        return key, deep(value)

    def items(self):
        for reference, value in list(self.data.items()):
            key = reference()
            if key is not None:
                yield key, value

    def __getitem__(self, key):
        return self.data[ref(key)]

    def __setitem__(self, key, value):
        self.data[ref(key, self._remove)] = value

    def __delitem__(self, key):
        del self.data[ref(key)]

    def __contains__(self, key):
        try:
            reference = ref(key)
        except TypeError:
            return False
        return reference in self.data

    def get(self, key, default=None):
        return self.data.get(ref(key), default)

    def pop(self, key, *args):
        return self.data.pop(ref(key), *args)

    def setdefault(self, key, default=None):
        return self.data.setdefault(ref(key, self._remove), default)

    def keyrefs(self):
        return list(self.data)


class _Call:
    """What a finalizer is to do, and for which object."""

    __slots__ = "weakref", "func", "args", "kwargs", "atexit", "index"


class finalize:
    """Calls a function once: when an object dies, when asked, or else when the program ends."""

    # Those that were not called yet, so that they live as long as their objects.
    _registry = {}
    _shutdown = False
    _count = 0
    _registered_with_atexit = False
    __slots__ = ("__weakref__",)

    def __init__(self, obj, func, /, *args, **kwargs):
        if not finalize._registered_with_atexit:
            finalize._registered_with_atexit = True
            _atexit.register(finalize._at_exit)
        call = _Call()
        call.weakref = ref(obj, self)
        call.func = func
        call.args = args
        call.kwargs = kwargs
        call.atexit = True
        finalize._count += 1
        call.index = finalize._count
        finalize._registry[self] = call

    def __call__(self, _=None):
        call = finalize._registry.pop(self, None)
        if call is not None and not finalize._shutdown:
            return call.func(*call.args, **call.kwargs)

    def _taken(self, keep):
        call = finalize._registry.get(self)
        owner = None if call is None else call.weakref()
        if owner is None:
            return None
        if not keep and finalize._registry.pop(self, None) is None:
            return None
        return owner, call.func, call.args, call.kwargs

    def detach(self):
        return self._taken(False)

    def peek(self):
        return self._taken(True)

    @property
    def alive(self):
        return self in finalize._registry

    @property
    def atexit(self):
        call = finalize._registry.get(self)
        return call is not None and call.atexit

    @atexit.setter
    def atexit(self, value):
        call = finalize._registry.get(self)
        if call is not None:
            call.atexit = bool(value)

    def __repr__(self):
        call = finalize._registry.get(self)
        owner = None if call is None else call.weakref()
        place = f"<{type(self).__name__} object at {id(self):#x}; "
        if owner is None:
            return place + "dead>"
        return place + f"for {type(owner).__name__!r} at {id(owner):#x}>"

    @classmethod
    def _at_exit(cls):
        # The youngest first; each may make more.
        while True:
            pending = [pair for pair in list(cls._registry.items()) if pair[1].atexit]
            if not pending:
                break
            finalizer, _ = max(pending, key=lambda pair: pair[1].index)
            try:
                finalizer()
            except Exception:
                import sys

                sys.excepthook(*sys.exc_info())
        cls._shutdown = True
