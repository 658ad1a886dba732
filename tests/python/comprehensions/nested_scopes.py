# Comprehensions have scopes of their own, conditions, and see what lies around them.
x = "outer"
print([x for x in range(3)], x)
print([(i, j) for i in range(4) if i % 2 for j in "ab" if j != "b" or i > 2])
print({k: [v * n for n in range(k)] for k, v in [(2, "a"), (3, "b")]})
print([y := 5, y ** 2], y)
print([last := i for i in range(3)], last)
print(sum(a * b for a, b in zip(range(5), range(5, 10))))


class Scope:
    items = [1, 2, 3]
    doubled = [item * 2 for item in items]


print(Scope.doubled)
print([[cell for cell in row if cell] for row in [[0, 1], [2, 0]]])
