"""Counts in a loop."""


def main():
    n = 0
    for i in range(3000000):
        n = n + i
    return n


print(main())
