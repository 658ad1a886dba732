class Money:
    def __init__(self, cents): self.cents = cents
    def __format__(self, spec):
        return f"<{spec}>" if spec else f"{self.cents / 100:.2f}"
    def __str__(self): return "str"
    def __repr__(self): return "repr"

m = Money(1234)
print(f"{m} {m:abc} {m!r} {m!s:>6}")
print(format(m), format(m, "x"), "{:y}".format(m))
class Plain:
    def __str__(self): return "plain"
print(f"{Plain()}", format(Plain(), ""))
try:
    format(Plain(), "5")
except TypeError as error:
    print(error)
class Wrong:
    def __format__(self, spec): return 3
try:
    format(Wrong())
except TypeError as error:
    print(error)
