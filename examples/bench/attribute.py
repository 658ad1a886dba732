"""Reads and writes an attribute."""


class Point:
    def __init__(self):
        self.x = 0

    def step(self):
        return 1


def main():
    p = Point()
    for _ in range(3000000):
        p.x = p.x + 1
    return p.x


print(main())
