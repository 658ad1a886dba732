"""Makes objects of a class, with a constructor."""


class Vector:
    def __init__(self, x, y):
        self.x = x
        self.y = y

    def __add__(self, other):
        return Vector(self.x + other.x, self.y + other.y)


def main():
    total = Vector(0, 0)
    step = Vector(1, 2)
    for _ in range(600000):
        total = total + step
    return total.x, total.y


print(main())
