"""Packs and unpacks tuples and lists."""


def pair(a, b):
    return a, b


def main():
    total = 0
    for i in range(1000000):
        a, b = i, 1
        a, b = b, a
        c, d = pair(a, b)
        e, (f, g) = [c, (d, a)]
        total += g
    return total


print(main())
