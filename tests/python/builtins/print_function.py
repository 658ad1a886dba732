import sys
print(); print("a", "b", sep="-"); print("a", end="|"); print("x", 1, None, [2], sep=""); print(*range(3), sep=", ", end=".\n"); print("é", "日"); print("a", sep=None, end=None)
class W:
    def __init__(self): self.parts = []
    def write(self, s): self.parts.append(s)
    def flush(self): self.parts.append("<flush>")
w = W(); print("a", 1, file=w, flush=True); print(w.parts)
for f in (lambda: print("a", sep=1), lambda: print("a", end=1), lambda: print("a", foo=1), lambda: print("a", file=5)):
    try:
        f()
    except (TypeError, AttributeError) as error:
        print(error)
old = sys.stdout
sys.stdout = w
print("redirected")
sys.stdout = old
print(w.parts[-2:], sys.stdout.write("direct\n"), sys.__stdout__ is old)
class S:
    def __str__(self): raise ValueError("no str")
try:
    print("before", S())
except ValueError as error:
    print(error)
