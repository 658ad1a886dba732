print([x for x in range(5)], [x * y for x in (1, 2) for y in (3, 4)], [[j for j in range(i)] for i in range(4)])
print([x for x in range(20) if x % 2 if x % 3], [(a, b) for a, b in {"x": 1}.items()])
print([a + sum(rest) for a, *rest in [(1, 2, 3), (4,)]])
x = "outer"
print([x for x in "ab"], x)
fs = [lambda: i for i in range(3)]
print([f() for f in fs], [f() for f in [lambda i=i: i for i in range(3)]])
print([y := 1, y + 1], [z for z in range(3) if (last := z) > 0], last)
matrix = [[1, 2, 3], [4, 5, 6]]
print([[row[i] for row in matrix] for i in range(3)], [c for row in matrix for c in row])
print([x if x > 1 else -x for x in range(4)], [*[1], *(2 for _ in "a")])
