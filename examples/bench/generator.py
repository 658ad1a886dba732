"""Takes values from a generator."""


def count(n):
    for i in range(n):
        yield i


def main():
    total = 0
    for x in count(3000000):
        total = total + x
    return total


print(main())
