"""What works today and is to end: told once a line, on standard error."""


class Flag(int):
    pass


class Fraction(float):
    pass


class Odd:
    def __index__(self):
        return Flag(1)

    def __int__(self):
        return True

    def __float__(self):
        return Fraction(2)


def generator():
    while True:
        try:
            yield
        except ValueError as error:
            print(repr(error))


print(~bool(1))
print([1, 2][Odd()])
print(int(Odd()))
print(float(Odd()))
steps = generator()
next(steps)
steps.throw(ValueError, "apart")
steps.throw(ValueError("whole"))
for _ in range(2):
    print(~bool(0))
