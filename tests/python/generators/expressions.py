squares = (x * x for x in range(5))
print(next(squares), list(squares), list(squares))
n = 10
g = (x + n for x in [1, 2])
n = 100
print(list(g))
data = [1, 2]
h = (x for x in data)
data = [7]
print(list(h))
print(sum(x for x in range(10) if x % 2), max((len(w), w) for w in "a bbb cc".split()))
print(list((x, y) for x in range(3) for y in range(x)))
print(dict((k, v) for v, k in enumerate("abc")), any(x > 2 for x in [1, 2, 3]), "".join(c.upper() for c in "abc"))
try:
    (x for x in 5)
except TypeError as error:
    print(error)
nested = ((x, list(y for y in range(x))) for x in range(3))
print(list(nested))
