class B:
    def __init__(self, v): self.v = v
    def __bool__(self): return self.v
class L:
    def __init__(self, n): self.n = n
    def __len__(self): return self.n
class Both(B):
    def __len__(self): return 0

print(bool(B(True)), bool(B(False)), bool(L(0)), bool(L(3)), bool(Both(True)), bool(object()))
print([x.v for x in (B(True), B(False)) if x], not L(0))
for make in (lambda: bool(B(1)), lambda: len(L(-1)), lambda: len(L("x")), lambda: bool(L(2.0)), lambda: len(L(2 ** 70))):
    try:
        make()
    except (TypeError, ValueError, OverflowError) as error:
        print(type(error).__name__, error)
print(B(False) or "other", L(1) and "then")
