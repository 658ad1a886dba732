# The natives of functools.
from _functools import _lru_cache_wrapper, cmp_to_key, partial, reduce


class Info(tuple):
    def __new__(cls, *args):
        return super().__new__(cls, args)


def cached(maxsize=128, typed=False):
    return lambda f: _lru_cache_wrapper(f, maxsize, typed, Info)


calls = []


@cached(2)
def f(*args, **kwargs):
    calls.append((args, kwargs))
    return len(calls)


print(f(1), f(1), f(2), f(1), f(3), f(2), f(1), f.cache_info(), calls)
print(f(1, a=2), f(1, a=2), f(1, 'a', 2), f(1.0), f(True), f.cache_info())
f.cache_clear()
print(f.cache_info(), f(9), f.cache_info())


@cached(None)
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


print(fib(80), fib.cache_info())
print(cached(0)(lambda: [])() == [], cached(-5)(abs).cache_info())
t = cached(typed=True)(lambda x: type(x).__name__)
print(t(1), t(1.0), t(True), t(1), t.cache_info())
for bad in ['f([])', '_lru_cache_wrapper(5, 1, 2, 3)', "cached('a')(f)", '_lru_cache_wrapper(f)']:
    try:
        print(bad, eval(bad))
    except TypeError as e:
        print(bad, '->', str(e).split(' (')[0])


@cached()
def boom(x):
    raise ValueError(x)


for _ in range(2):
    try:
        boom(1)
    except ValueError as e:
        print(e, boom.cache_info())


class C:
    @cached()
    def m(self, x):
        return x, self.n


a, b = C(), C()
a.n, b.n = 1, 2
print(a.m(5), b.m(5), a.m(5), C.m.cache_info(), C.m is C.__dict__['m'], a.m.__self__ is a)
f.attribute = 5
print(f.attribute, f.__dict__, f.__copy__() is f, f.__deepcopy__({}) is f)
import weakref
print(weakref.ref(f)() is f)


class Key:
    def __init__(self, n): self.n = n
    def __hash__(self): return 1
    def __eq__(self, other): return self.n == other.n


k = cached(3)(lambda key: key.n)
print([k(Key(n)) for n in (1, 2, 1, 3, 4, 1, 2)], k.cache_info())

p = partial(pow, 2)
print(p(5), p.func is pow, p.args, p.keywords, partial(p, 3)(), partial(int, base=2)('101'))
q = partial(p, 3, x=1)
print(q.func is pow, q.args, q.keywords, partial(dict, a=1)(a=2, b=3), partial(print, 'x', end='!\n')('y'))
print(repr(partial(len, [])).replace(repr(len), 'len'))
for bad in ['partial()', 'partial(5)', 'partial(len)()', 'partial(len, a=1)([])']:
    try:
        print(bad, eval(bad))
    except TypeError as e:
        print(bad, '->', e)
p.x = 1
print(p.__dict__, partial(p).func is p, p.__reduce__()[1:])
p.__setstate__((len, ([1, 2],), {}, {'y': 2}))
print(p(), p.y, hasattr(p, 'x'))
try:
    p.__setstate__(5)
except TypeError as e:
    print(e)
print(partial[int], partial.__module__)

K = cmp_to_key(lambda a, b: (a % 3) - (b % 3))
print(sorted(range(7), key=K), K(1) < K(2), K(1) == K(4), K(3).obj, type(K).__name__)
for bad in ['K(1) < 5', 'hash(K(1))', 'cmp_to_key()', 'K()', 'K() < K(1)', 'type(K)()']:
    try:
        print(bad, eval(bad))
    except Exception as e:
        print(bad, '->', type(e).__name__, e)
print(cmp_to_key(mycmp=lambda a, b: b - a)(obj=1) > cmp_to_key(lambda a, b: 0)(2))
print(reduce(lambda a, b: a + b, [1, 2, 3]), reduce(max, [], 5), reduce(lambda a, b: [a, b], 'abc', ''), reduce(min, [4]))
for bad in ['reduce(max, [])', 'reduce(max, 5)', "reduce(len, [1, 2])"]:
    try:
        print(bad, eval(bad))
    except TypeError as e:
        print(bad, '->', e)
