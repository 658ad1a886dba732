"""Unions, intersections and membership."""


def main():
    total = 0
    for n in range(1500):
        evens = {i for i in range(0, 1000, 2)}
        threes = set(range(0, 1000, 3))
        total += len(evens & threes) + len(evens | threes)
        for i in range(300):
            if i in threes:
                total += 1
    return total


print(main())
