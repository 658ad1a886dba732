"""Builds and walks binary trees of tuples."""


def make(depth):
    if depth == 0:
        return (None, None)
    return (make(depth - 1), make(depth - 1))


def check(tree):
    left, right = tree
    if left is None:
        return 1
    return 1 + check(left) + check(right)


print(sum(check(make(14)) for _ in range(24)))
