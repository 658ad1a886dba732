# collections.deque as the module in C has it.
from _collections import deque

d = deque([1, 2, 3])
d.append(4)
d.appendleft(0)
print(d, len(d), d.pop(), d.popleft(), d, bool(d), bool(deque()))
b = deque(range(5), 3)
print(b, b.maxlen, d.maxlen)
b.append(9)
b.appendleft(8)
b.extend('ab')
print(b)
b.extendleft('cd')
print(b, deque([1, 2], maxlen=0), deque(maxlen=2))
d = deque('abcdef')
d.rotate()
print(d)
d.rotate(-3)
print(d, d[0], d[-1], d[2])
d.rotate(100)
d.reverse()
print(d)
d[1] = 'X'
del d[0], d[-1]
print(d, 'X' in d, 'a' in d, d.count('X'), d.index('X'))
d.insert(1, 'i')
d.insert(-100, 'first')
d.insert(100, 'last')
print(d)
d.remove('i')
print(d, d.index('last', 2), d.index('first', -50, 50))
for bad in ["deque().pop()", "deque().popleft()", "deque([1])[1]", "deque([1])[-2]", "deque()['a']", "deque([1]).index(2)", "deque([1]).remove(5)",
            "deque([], -1)", "deque([], 'a')", "deque(5)", "deque([1, 2], 2).insert(0, 1)", "deque([1]) + [2]", "deque([1]) * 'a'", "hash(deque())",
            "deque([1]) < [1]", "deque(1, 2, 3)", "deque(iter=1)", "deque([1]).index(1, 'a')", "deque([1], maxlen=1).maxlen.x", "deque().rotate('a')"]:
    try:
        print(bad, eval(bad))
    except Exception as e:
        print(bad, '->', type(e).__name__, e)
d = deque([1, 2])
print(d + deque([3]), d * 2, 2 * d, d * -1, deque([1, 2, 3], 4) * 2, deque([1], 2) + deque([2, 3]))
e = d
e += [5]
e *= 2
print(d, d is e, d == deque([1, 2, 5] * 2), d != deque(), d < deque([2]), d >= deque([1]), d == [1, 2, 5, 1, 2, 5])
d.extend(d)
print(len(d))
d.clear()
d.extendleft(deque([1, 2, 3]))
print(d, list(reversed(d)), d.copy(), d.copy() is d, d.__copy__())
print(deque[int], deque.__name__, deque.__module__, deque([1], 3).__reduce__()[:2], deque().__reduce__()[:2])
d.append(d)
print(d)
d.pop()
it = iter(d)
print(next(it), it.__length_hint__(), list(it), it.__length_hint__(), list(it))
it = iter(d)
next(it)
d.append(1)
for _ in range(2):
    try:
        print(next(it))
    except (RuntimeError, StopIteration) as e:
        print(type(e).__name__, e)
r = reversed(deque('xyz'))
print(next(r), list(r), type(r), type(it))


class Bad:
    def __eq__(self, other):
        d.append(1)
        return False


for what in ['d.index(5)', 'd.count(5)', '5 in d', 'd.remove(5)']:
    d = deque([Bad(), Bad()])
    try:
        print(eval(what))
    except Exception as e:
        print(what, type(e).__name__, e)


class Sub(deque):
    def __init__(self, items=(), maxlen=None, extra=0):
        super().__init__(items, maxlen)
        self.extra = extra


s = Sub('ab', extra=3)
s.append('c')
print(s, s.extra, type(s.copy()).__name__, type(s + s).__name__, type(s * 2).__name__)
s.__init__('xy', 1)
print(s)
import weakref
print(weakref.ref(s)() is s)
