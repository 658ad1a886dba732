class Adder:
    def __init__(self, n): self.n = n
    def __call__(self, x, *, scale=1): return (self.n + x) * scale

add = Adder(3)
print(add(4), add(4, scale=2), callable(add), callable(3))
print(list(map(add, [1, 2, 3])))
try:
    add()
except TypeError as error:
    print(error)
try:
    add(1, 2)
except TypeError as error:
    print(error)
class Empty: pass
e = Empty()
e.__call__ = lambda: 1
try:
    e()
except TypeError as error:
    print(error)
print(callable(e), callable(Empty))
