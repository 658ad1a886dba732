# Iterables with __iter__, with __getitem__ only, with sentinels; unpacking and membership use them.
class Countdown:
    def __init__(self, start):
        self.start = start

    def __iter__(self):
        current = self.start
        while current:
            yield current
            current -= 1

    def __reversed__(self):
        return iter(range(1, self.start + 1))


class Squares:
    def __getitem__(self, index):
        if index >= 4:
            raise IndexError
        return index ** 2


print(list(Countdown(3)), list(reversed(Countdown(3))), 2 in Countdown(3))
print(list(Squares()), 9 in Squares(), 5 in Squares(), max(Squares()))
first, *middle, last = Squares()
print(first, middle, last)
source = iter([3, 1, 0, 5])
print(list(iter(lambda: next(source), 0)), next(source), next(source, "empty"))
a, (b, *c), d = 1, "xyz", [4]
print(a, b, c, d)
try:
    a, b = Countdown(3)
except ValueError as error:
    print(error)
print(list(zip(Squares(), Countdown(2))), dict(enumerate(Squares(), 1)))
