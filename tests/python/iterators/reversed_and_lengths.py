print(list(reversed([1, 2, 3])), list(reversed("ab")), list(reversed(range(5))), list(reversed({"a": 1, "b": 2})))
class R:
    def __reversed__(self): return iter("custom")
print("".join(reversed(R())))
class S:
    def __len__(self): return 3
    def __getitem__(self, i): return i * 10
r = reversed(S())
print(next(r), r.__length_hint__(), list(r), list(r))
class Hint:
    def __init__(self, h): self.h = h
    def __length_hint__(self): return self.h
    def __iter__(self): return iter([1, 2])
print(list(Hint(5)), list(Hint(NotImplemented)))
for h in (-1, "a"):
    try:
        list(Hint(h))
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)
a, b = iter([1, 2, 3]), iter((1, 2))
print(a.__length_hint__(), b.__length_hint__(), next(a), a.__length_hint__())
