# defaultdict, _count_elements, _tuplegetter.
from _collections import _count_elements, _tuplegetter, defaultdict

d = defaultdict(list)
d['a'].append(1)
d['a'].append(2)
d['b']
print(d, d.default_factory, len(d), 'c' in d, d.get('c'), dict(d))
d.default_factory = None
try:
    d['zz']
except KeyError as e:
    print('KeyError', e)
print(defaultdict(), defaultdict(None, {1: 2}), defaultdict(int, [(1, 2)], x=3), defaultdict(int, a=1) == {'a': 1})
for bad in ['defaultdict(1)', 'defaultdict(int, 5)', 'defaultdict(int, {}, {})', 'defaultdict(int) | 5', 'defaultdict(int).__missing__()']:
    try:
        print(bad, eval(bad))
    except Exception as e:
        print(bad, '->', type(e).__name__, e)
c = d.copy()
print(type(c), c == d, c is d, d.__copy__().default_factory)
e = defaultdict(int, {1: 1})
print(e | {2: 2}, {1: 0, 3: 3} | e, type({} | e), e[5], e)
e |= {7: 7}
print(e, e.__reduce__()[:4], list(e.__reduce__()[4]))
print(defaultdict[int, str], defaultdict.__module__, isinstance(e, dict), defaultdict.__mro__)


class Sub(defaultdict):
    __slots__ = ('extra', 'other')

    def __missing__(self, key):
        self.extra = key
        return super().__missing__(key)


s = Sub(str)
print(s['k'], s.extra, s, s.copy(), type(s.copy()))
s.default_factory = s
print(len(repr(s)) > 10)
del s.default_factory
print(s.default_factory)


def fails():
    raise ValueError('no')


try:
    defaultdict(fails)[1]
except ValueError as e:
    print(e)

m = {}
_count_elements(m, 'abracadabra')
print(m)


class Other(dict):
    def get(self, key, default):
        return default + 10


m = Other()
_count_elements(m, 'aab')
print(m)
m = {'a': 1.5}
_count_elements(m, 'aab')
print(m)
try:
    _count_elements({}, [[]])
except TypeError as e:
    print(str(e).split('(')[0].strip())


class T(tuple):
    x = _tuplegetter(0, 'first')
    y = _tuplegetter(1, None)


t = T((4, 5))
print(t.x, t.y, T.x, T.x.__doc__, T.y.__doc__, T.x.__reduce__())
for bad in ['setattr(t, "x", 1)', 'delattr(t, "x")', 'T((1,)).y', 'T.x.__get__([1])', "_tuplegetter('a', 1)", '_tuplegetter(1)']:
    try:
        print(bad, eval(bad))
    except Exception as e:
        print(bad, '->', type(e).__name__, e)
T.x.__doc__ = 'other'
print(T.x.__doc__)
