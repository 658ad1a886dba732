class A:
    x = 1
    def __getattr__(self, name):
        if name == "dynamic": return "made"
        raise AttributeError(name)
a = A()
print(getattr(a, "x"), getattr(a, "q", None), hasattr(a, "dynamic"), hasattr(a, "zz"), setattr(a, "y", 2), a.y, delattr(a, "y"), hasattr(a, "y"), getattr(A, "x"), getattr(a, "odd name", 0))
setattr(a, "odd name", 5); print(vars(a), getattr(a, "odd name"))
class P:
    @property
    def bad(self): raise ValueError("inside")
try:
    hasattr(P(), "bad")
except ValueError as error:
    print(error)
for f in (lambda: getattr(a), lambda: getattr(a, 1), lambda: getattr(object(), "x"), lambda: setattr(a, 1, 2), lambda: setattr(5, "x", 1), lambda: delattr(a, "q"), lambda: hasattr(a, 1), lambda: getattr(None, "x"), lambda: getattr(int, "zz"), lambda: vars(5), lambda: setattr(object(), "x", 1)):
    try:
        f()
    except (TypeError, AttributeError) as error:
        print(type(error).__name__, error)
