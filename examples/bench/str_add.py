"""Joins two strings."""


def main():
    s = 'abc'
    for i in range(3000000):
        t = s + 'def'
    return t


print(main())
