t = (3, 1, 2)
print(t, (), (1,), t + (4,), t * 2, t[0], t[-1], t[1:], t[::-1], len(t), 1 in t, t.index(2), t.count(3), sorted(t), tuple("ab"), tuple(x for x in range(2)), hash(t) == hash((3, 1, 2)))
print((1, 2) < (1, 3), (1,) < (1, 0), (1, 2) == (1, 2), (1, (2, [3])), tuple([]), tuple(t) is t, t[:] is t, () is (), (1, "a", None) == (1, "a", None), {(1, 2): "k"}[1, 2])
a, b, c = t
x, (y, *z) = 1, (2, 3, 4)
print(a, b, c, x, y, z, *t, (*t, *"ab"), repr((1.0, "x")), (lambda *a: a)(1), bool(()), bool((0,)))
for f in (lambda: t[5], lambda: t.__getitem__("a"), lambda: t + [1], lambda: t.index(9), lambda: hash(([],)), lambda: t < 5, lambda: tuple(5), lambda: t * 1.5, lambda: exec("t = (1,)\nt[0] = 2"), lambda: exec("t = (1,)\ndel t[0]"), lambda: t.append(1)):
    try:
        f()
    except (IndexError, TypeError, ValueError, AttributeError) as error:
        print(type(error).__name__, error)
