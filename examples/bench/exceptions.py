"""Raises and catches."""


def refuse(n):
    if n % 2:
        raise ValueError(n)
    return n


def main():
    caught = 0
    for i in range(600000):
        try:
            refuse(i)
        except ValueError as error:
            caught += error.args[0] & 1
    d = {}
    for i in range(100000):
        try:
            d["missing"]
        except KeyError:
            caught += 1
    return caught


print(main())
