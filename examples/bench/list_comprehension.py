"""Builds lists by comprehension."""


def main():
    n = 0
    for _ in range(4000):
        n = n + len([x + 1 for x in range(1000)])
    return n


print(main())
