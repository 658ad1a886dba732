"""Calls a function with keywords and defaults."""


def main():

    def f(a, b=2, *, c=3):
        return a + b + c

    for i in range(2000000):
        n = f(i, c=1)
    return n


print(main())
