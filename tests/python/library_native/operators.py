# The operators as functions, bisect and heapq.
import _operator as o
from _bisect import bisect_left, bisect_right, insort_left, insort_right
from _heapq import heapify, heappop, heappush, heappushpop, heapreplace

print(o.add(1, 2), o.sub(1, 2), o.mul('a', 3), o.floordiv(7, 2), o.truediv(7, 2), o.mod('%s', 5), o.pow(2, 10), o.neg(3), o.pos(-3), o.inv(5),
      o.invert(0), o.abs(-4), o.lshift(1, 4), o.rshift(16, 2), o.and_(6, 3), o.or_(6, 3), o.xor(6, 3), o.not_([]), o.truth([1]))
print(o.lt(1, 2), o.le(2, 2), o.eq(1, 1.0), o.ne(1, 1), o.gt(1, 2), o.ge(2, 1), o.is_(None, None), o.is_not(1, None), o.contains('abc', 'b'),
      o.countOf([1, 2, 1], 1), o.indexOf('abc', 'c'), o.index(True), o.length_hint(iter([1, 2])), o.length_hint(5, 7))
a = [1]
print(o.iadd(a, [2]) is a, o.iconcat(a, (3,)), o.concat([1], [2]), o.getitem('abc', 1), o.setitem(a, 0, 9), o.delitem(a, 1), a, o.imul(a, 2), a)
print(o.ior({1}, {2}), o.iand(6, 3), o.ixor(1, 3), o.isub(5, 2), o.ilshift(1, 2), o.irshift(8, 1), o.ifloordiv(7, 2), o.itruediv(1, 2), o.imod(7, 4), o.ipow(2, 3))
print(o.itemgetter(1)('abc'), o.itemgetter(0, -1)('abc'), o.itemgetter('k')({'k': 1}), o.itemgetter(slice(1))('abc'))
print(o.attrgetter('real')(5), o.attrgetter('real', 'imag')(5j), o.attrgetter('__class__.__name__')(5))
print(o.methodcaller('upper')('a'), o.methodcaller('split', '-', maxsplit=1)('a-b-c'))
print(o.itemgetter(1, 2), o.attrgetter('a.b', 'c'), o.methodcaller('m', 1, x='y'))
print(o.itemgetter(1).__reduce__()[1:], o.attrgetter('a.b').__reduce__()[1:], o.methodcaller('m', 1).__reduce__()[1:], len(o.methodcaller('m', 1, x=2).__reduce__()))
print(o.call(int, '12', base=3), o._compare_digest('ab', 'ab'), o._compare_digest(b'ab', b'ac'))
for bad in ["o.add(1, 'a')", 'o.concat(1, 2)', "o.indexOf('abc', 'z')", 'o.countOf(5, 1)', "o.index('a')", 'o.itemgetter()', "o.itemgetter(1)()", 'o.attrgetter(1)',
            "o.methodcaller()", 'o.methodcaller(5)', "o.attrgetter('zz')(1)", "o.itemgetter(9)('a')", "o.length_hint([], 'a')", "o._compare_digest('a', b'a')",
            "o._compare_digest('é', 'a')", 'o.add(1)', "o.itemgetter(x=1)", "o.abs('a')", "o.neg([])", "o.matmul(1, 2)"]:
    try:
        print(bad, eval(bad))
    except Exception as e:
        print(bad, '->', type(e).__name__, e)

s = [1, 3, 3, 5]
print(bisect_left(s, 3), bisect_right(s, 3), bisect_left(s, 9), bisect_right(s, 0), bisect_left(s, 3, 2), bisect_right(s, 3, 0, 2), bisect_left(s, -5, key=lambda x: -x))
insort_left(s, 3.0)
insort_right(s, 3.5)
insort_left(s, 9, key=lambda x: x)
print(s)


class L(list):
    def insert(self, index, item):
        print('insert', index, item)
        super().insert(index, item)


l = L([1, 2])
insort_right(l, 1)
for bad in ['bisect_left([1], 1, -1)', "bisect_left(['a'], 1)", 'bisect_left()', 'bisect_left(5, 1)', 'bisect_right([1, 2], 1, 0, 5)']:
    try:
        print(bad, eval(bad))
    except Exception as e:
        print(bad, '->', type(e).__name__, e)

h = [5, 2, 8, 1, 9, 3, 7]
heapify(h)
print(h)
heappush(h, 0)
heappush(h, 6)
print(h, heappop(h), h, heappushpop(h, 4), heappushpop(h, -1), heapreplace(h, 10), h)
print([heappop(h) for _ in range(len(h))], h, heappushpop([], 5))
for bad in ['heappop([])', 'heappop(5)', 'heapreplace([], 1)', 'heappush((), 1)', "heapify([1, 'a'])"]:
    try:
        print(bad, eval(bad))
    except Exception as e:
        print(bad, '->', type(e).__name__, e)


class Grows:
    def __lt__(self, other):
        h.append(1)
        return True


h = [Grows(), Grows(), Grows()]
try:
    heapify(h)
except RuntimeError as e:
    print(e)
