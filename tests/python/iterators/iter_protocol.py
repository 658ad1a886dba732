class Up:
    def __init__(self, n): self.i, self.n = 0, n
    def __iter__(self): return self
    def __next__(self):
        if self.i >= self.n: raise StopIteration
        self.i += 1
        return self.i
print(list(Up(3)), 2 in Up(3), sum(Up(4)), max(Up(3)), [*Up(2)], dict.fromkeys(Up(2)), tuple(Up(1)), "".join(map(str, Up(3))), next(Up(0), "none"))
values = iter([1, 2, 0, 3])
print(list(iter(lambda: next(values), 0)), next(values))
sentinel = iter(list("abc").pop, "a"); print(list(sentinel), list(sentinel), type(sentinel).__name__)
class Bad:
    def __iter__(self): return 5
class NoNext:
    def __iter__(self): return object()
for f in (lambda: iter(5), lambda: iter(Bad()), lambda: list(NoNext()), lambda: next(5), lambda: next([]), lambda: iter(5, 1), lambda: next(iter([])), lambda: iter(), lambda: reversed(5), lambda: reversed({1})):
    try:
        f()
    except (TypeError, StopIteration) as error:
        print(type(error).__name__, error)
a = iter([1, 2]); print(iter(a) is a, type(a).__name__, type(iter("")).__name__, type(iter(())).__name__, type(iter({})).__name__, type(iter(set())).__name__, type(iter(b"")).__name__)
