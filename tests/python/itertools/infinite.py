# Iterators that need not end.
import itertools
from itertools import count, cycle, islice, repeat

print(list(islice(count(), 3)), list(islice(count(5, -2), 3)), list(islice(count(step=3), 3)))
print(list(islice(count(1.5, 0.5), 3)), list(islice(count(2**62, 2**62), 3)), list(islice(count(2**70), 2)))
print(count(), count(3), count(3, 2), count(1.5), count(0, True))
c = count(10)
print(next(c), next(c), c, iter(c) is c)
print(list(islice(count(True), 2)), list(islice(count(1j, 1), 2)))
for bad in ["count('a')", "count(1, 'b')", "count(1, 2, 3)", "count(n=1)", "cycle()", "cycle(1)", "cycle([], [])", "repeat()", "repeat(1, 2, 3)", "repeat(1, 'x')", "repeat(object=1, n=3)"]:
    try:
        print(eval(bad))
    except TypeError as e:
        print(bad, '->', type(e).__name__, e)

print(list(islice(cycle('abc'), 8)), list(cycle([])), next(cycle(x for x in [7])))


def broken():
    yield 1
    yield 2
    raise ValueError('broken')


c = cycle(broken())
print(next(c), next(c))
try:
    next(c)
except ValueError as e:
    print(e)
r = repeat('x', 3)
print(r, r.__length_hint__(), next(r), r.__length_hint__(), r, list(r), r, list(r))
print(repeat(None), list(repeat(1, 0)), list(repeat(1, -5)), repeat(1, times=2), list(repeat(object=4, times=2)))
try:
    repeat(1).__length_hint__()
except TypeError as e:
    print(e)
print(list(map(pow, range(5), repeat(2))))


class Sub(count):
    def __init__(self, *args, **kwargs):
        self.extra = 5


s = Sub(3)
print(next(s), s.extra, s, type(s).__mro__[1].__name__)


class C(cycle):
    def __init__(self, it, extra):
        self.extra = extra

    def __new__(cls, it, extra):
        return super().__new__(cls, it)


print(C('ab', extra=3).extra, next(C('ab', 1)))
print(itertools.__name__, count.__module__, count.__name__, repr(count), count.__qualname__)
try:
    class Both(count, cycle): pass
except TypeError as e:
    print(e)
