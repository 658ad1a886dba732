"""Appends to a list."""


def main():
    a = []
    x = 1
    for _ in range(3000000):
        a.append(x)
    return len(a)


print(main())
