"""Takes the length of a list."""


def main():
    x = [1, 2, 3]
    for i in range(3000000):
        n = len(x)
    return n


print(main())
