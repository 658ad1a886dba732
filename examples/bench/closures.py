"""Makes closures and calls them."""


def adder(n):
    count = 0

    def add(x):
        nonlocal count
        count += 1
        return x + n + count

    return add


def main():
    total = 0
    add = adder(1)
    for i in range(800000):
        total = add(total) & 1023
    for i in range(400000):
        total += adder(i)(1) & 7
    return total


print(main())
