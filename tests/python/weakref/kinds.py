import weakref, types, threading, sys
def gen(): yield 1
async def co(): pass
async def ag(): yield 1
class C: pass
class S: __slots__ = ()
class SW: __slots__ = ('__weakref__',)
def f(x: int): return (lambda: x)
objs = [
 ('set', set()), ('frozenset', frozenset([1])), ('list', []), ('dict', {}), ('tuple', ()), ('int', 5), ('str', 'a'), ('bytes', b''), ('bytearray', bytearray()),
 ('function', f), ('lambda', lambda: 0), ('method', C().__init__), ('bound', C.__repr__), ('builtin', len), ('builtin method', [].append),
 ('generator', gen()), ('async gen', ag()), ('class', C), ('type', int), ('module', sys), ('code', f.__code__), ('memoryview', memoryview(b'a')),
 ('instance', C()), ('slots', S()), ('slots weak', SW()), ('range', range(3)), ('slice', slice(1)), ('float', 1.5), ('complex', 1j), ('object', object()),
 ('none', None), ('ellipsis', ...), ('notimpl', NotImplemented), ('alias', list[int]), ('property', property()), ('staticmethod', staticmethod(f)), ('classmethod', classmethod(f)),
 ('cell', f(1).__closure__[0]), ('frame', sys._getframe()), ('lock', threading.Lock()), ('rlock', threading.RLock()), ('cond', threading.Condition()), ('sem', threading.Semaphore()), ('event', threading.Event()), ('barrier', threading.Barrier(1)), ('local', threading.local()), ('thread', threading.current_thread()),
 ('enumerate', enumerate([])), ('zip', zip()), ('map', map(f, [])), ('filter', filter(f, [])), ('reversed', reversed([])), ('iter', iter([])), ('callable iter', iter(f, 1)), ('dict keys', {}.keys()), ('set iter', iter(set())),
 ('namespace', types.SimpleNamespace()), ('proxy', types.MappingProxyType({})), ('exc', ValueError()), ('exc group', ExceptionGroup('a', [ValueError()])), ('super', super(C, C())),
 ('wrapper desc', object.__init__), ('method-wrapper', object().__init__), ('method desc', str.join), ('getset', types.FunctionType.__code__), ('weakref', weakref.ref(C)), ('weakset', weakref.WeakSet()), ('wvd', weakref.WeakValueDictionary()),
 ('struct seq', sys.version_info), ('stdout', sys.stdout), ('sys.flags', sys.flags), ('timer', threading.Timer(1, f)),
]
c = co(); objs.append(('coro', c))
for name, o in objs:
    try:
        r = weakref.ref(o)
        print(name, 'ok', r() is o)
    except TypeError as e:
        print(name, e)
c.close()
def g[T, *Ts, **P](): pass
for o in g.__type_params__:
    try: weakref.ref(o); print(type(o).__name__, 'ok')
    except TypeError as e: print(e)
for base in (int, str, bytes, tuple, list, dict, set, float, object, type(None) and BaseException, bytearray, frozenset, memoryview and complex, types.ModuleType, type):
    class D(base): pass
    try:
        d = D() if base not in (types.ModuleType, type) else D('x') if base is types.ModuleType else D('x', (), {})
        r = weakref.ref(d); print(base.__name__, r() is d, hasattr(D, '__weakref__'))
    except TypeError as e: print(base.__name__, e)
