class Key:
    def __init__(self, k): self.k = k
    def __eq__(self, other): return isinstance(other, Key) and self.k == other.k
    def __hash__(self): return hash(self.k)
    def __repr__(self): return f"Key({self.k})"

d = {Key(1): "one"}
d[Key(1)] = "uno"
print(d, len({Key(1), Key(1), Key(2)}), Key(1) in d)
class OnlyEq:
    def __eq__(self, other): return True
print(OnlyEq.__hash__)
try:
    hash(OnlyEq())
except TypeError as error:
    print(error)
class Back(OnlyEq):
    __hash__ = object.__hash__
print(isinstance(hash(Back()), int))
class Bad:
    def __hash__(self): return "x"
try:
    hash(Bad())
except TypeError as error:
    print(error)
class Big:
    def __hash__(self): return 2 ** 61 + 5
print(hash(Big()))
class Minus:
    def __hash__(self): return -1
print(hash(Minus()))
