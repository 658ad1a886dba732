for r in (range(5), range(2, 8, 3), range(10, 0, -3), range(0), range(5, 2), range(-3, 3)):
    print(r, list(r), len(r), bool(r), r.start, r.stop, r.step, list(reversed(r)), r[::2], 2 in r)
print(range(10)[3], range(10)[-1], range(0, 20, 2)[2:5], range(10)[::-1], range(3) == range(0, 3, 1), range(0, 3, 2) == range(0, 4, 2), range(0) == range(2, 1), hash(range(3)) == hash(range(0, 3)), range(10).index(5), range(10).count(3), range(5).count(9), range(10 ** 20)[10 ** 19], 10 ** 19 in range(10 ** 20), 2.0 in range(5), "a" in range(5), len(range(0, 10 ** 10, 3)), max(range(5)), sum(range(101)), range(True))
for f in (lambda: range(), lambda: range(1.5), lambda: range(1, 2, 0), lambda: range("a"), lambda: range(5)[9], lambda: range(5).index(7), lambda: len(range(10 ** 30)), lambda: range(1, 2, 3, 4), lambda: range(3) + range(2), lambda: range(3).__getitem__("a"), lambda: range(3) < range(4), lambda: setattr(range(3), "start", 1)):
    try:
        print(f())
    except (TypeError, ValueError, IndexError, OverflowError, AttributeError) as error:
        print(type(error).__name__, error)
it = iter(range(3)); print(next(it), it.__length_hint__(), list(it), type(it).__name__)
