"""Joins two strings."""


def main():
    s = 'abc'
    for i in range(1000000):
        t = s + 'def'
    return t


print(main())
