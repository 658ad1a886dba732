"""Asks a string whether it is digits."""


def main():
    s = '12345'
    for i in range(3000000):
        r = s.isdigit()
    return r


print(main())
