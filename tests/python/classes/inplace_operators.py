class Bag:
    def __init__(self, items): self.items = list(items)
    def __iadd__(self, other):
        self.items.append(other)
        return self
    def __add__(self, other):
        return Bag(self.items + [other])
    def __mul__(self, times):
        return Bag(self.items * times)
    def __ior__(self, other):
        return "replaced"

b = c = Bag([1])
b += 2
print(b is c, b.items)
b *= 2
print(b is c, b.items)
b |= 1
print(b)
t = ([1], 2)
try:
    t[0] += [3]
except TypeError as error:
    print(error, t)
try:
    c -= 1
except TypeError as error:
    print(error)
try:
    c @= 1
except TypeError as error:
    print(error)
