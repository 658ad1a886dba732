class Celsius:
    def __init__(self, value):
        self._value = value

    @property
    def value(self):
        "The temperature."
        return self._value

    @value.setter
    def value(self, new):
        if new < -273:
            raise ValueError("too cold")
        self._value = new

    @value.deleter
    def value(self):
        print("deleted")
        self._value = 0

    @property
    def fixed(self):
        return 1

c = Celsius(20)
c.value += 5
print(c.value, Celsius.value.__doc__)
del c.value
print(c.value)
for action in (lambda: setattr(c, "value", -300), lambda: setattr(c, "fixed", 2), lambda: delattr(c, "fixed")):
    try:
        action()
    except (ValueError, AttributeError) as error:
        print(type(error).__name__, error)
write_only = property(fset=lambda self, v: None)
class W:
    w = write_only
try:
    W().w
except AttributeError as error:
    print(error)
