class Squares:
    def __init__(self, count): self.count = count
    def __getitem__(self, index):
        if index >= self.count: raise IndexError
        return index * index
class Sized(Squares):
    def __len__(self): return self.count
it = iter(Squares(3))
print(type(it).__name__, list(it), list(it), it.__length_hint__(), iter(Squares(4)).__length_hint__(), iter(Sized(4)).__length_hint__())
it = iter(Sized(3))
print(next(it), it.__length_hint__(), next(it), next(it), it.__length_hint__(), next(it, "end"))
count = 0
def counter():
    global count
    count += 1
    return count
it = iter(counter, 4)
print(type(it).__name__, list(it), list(it), count)
class Two:
    def __eq__(self, other):
        print("eq", other)
        return other == 2
count = 0
print(list(iter(counter, Two())))
def stop(): raise StopIteration
print(list(iter(stop, 1)))
def bad(): raise ValueError("bad")
class NoIter:
    __iter__ = None
    def __getitem__(self, index): return index
class BadIter:
    def __iter__(self): return 5
class Ended:
    def __next__(self): raise StopIteration(5)
def returns():
    return "value"
    yield
it = iter(bad, 1)
for function in (lambda: next(it), lambda: next(it), lambda: iter(NoIter()), lambda: iter(BadIter()), lambda: next(Ended()), lambda: next(Ended(), "default"), lambda: next(returns())):
    try:
        print(function())
    except Exception as error:
        print(type(error).__name__, error, getattr(error, "value", None))
