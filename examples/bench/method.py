"""Calls a method."""


class Point:
    def __init__(self):
        self.x = 0

    def step(self):
        return 1


def main():
    p = Point()
    for _ in range(3000000):
        n = p.step()
    return n


print(main())
