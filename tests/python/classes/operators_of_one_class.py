# An operator between two instances of one class, its method in Python: what it returns, raises and refuses.
import sys


class V:
    def __init__(self, x):
        self.x = x

    def __add__(self, other):
        return V(self.x + other.x)

    def __radd__(self, other):
        return "never between two of one class"

    def __sub__(self, other):
        return NotImplemented

    def __rsub__(self, other):
        return "never"

    def __mul__(self, other):
        raise ValueError(f"{self.x} times {other.x}")

    def __truediv__(self, other, more=3):
        return self.x, other.x, more

    def __mod__(self, other):
        yield self.x
        yield other.x

    def __pow__(self, other):
        self, other = other, None
        return self, other

    def __and__(self, other):
        global first
        first = None
        return self.x, other.x

    def __or__(self, other):
        return sys._getframe().f_back.f_lineno - here, sys._getframe().f_locals.keys()

    def __xor__(self, other):
        return self ^ other

    def __matmul__(*both):
        return [one.x for one in both]

    def __lshift__(self, other):
        def inner():
            return self.x, other.x

        return inner

    __rshift__ = staticmethod(lambda other: ("static", other.x))
    __floordiv__ = int

    def __iadd__(self, other):
        self.x = "in place"
        return self


class W(V):
    def __radd__(self, other):
        return "the more derived one"


def trying(action):
    try:
        print(action())
    except Exception as error:
        print(type(error).__name__, error)


a, b = V(1), V(2)
print((a + b).x, ((a + b) + (b + a)).x)
trying(lambda: a - b)
trying(lambda: a * b)
trying(lambda: a / b)
trying(lambda: list(a % b))
print((a**b)[0] is b)
first = V(5)
print(first & V(6), first)
here = sys._getframe().f_lineno + 1
print(a | b)
trying(lambda: a ^ b)
print(a @ b, (a << b)())
trying(lambda: a >> b)
trying(lambda: a // b)
print(a + W(3), type(W(3) + W(4)).__name__)
a += b
print(a.x)
trying(lambda: V("s") + V(3))
V.__add__ = lambda self, other: "assigned"
print(V(1) + V(2))
del V.__add__
trying(lambda: V(1) + V(2))
V.__add__ = 3
trying(lambda: V(1) + V(2))


def error_line():
    try:
        return (
            V(1)
            * V(2)
        )
    except ValueError as error:
        tb = error.__traceback__
        lines = []
        while tb:
            lines.append(tb.tb_lineno - error_line.__code__.co_firstlineno)
            tb = tb.tb_next
        return lines[0], len(lines)


print(error_line())
