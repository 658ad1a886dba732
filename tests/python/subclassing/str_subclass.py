class Name(str):
    def __new__(cls, text, origin=None):
        self = super().__new__(cls, text.title())
        self.origin = origin
        return self
    def shout(self): return self.upper() + "!"
n = Name("ada", origin="x")
print(n, repr(n), n.shout(), n.origin, len(n), n == "Ada", hash(n) == hash("Ada"))
print(type(n + "b").__name__, type(n[:]).__name__, type(str(n)).__name__, type(n.strip()).__name__)
print({"Ada": 1}[n], "-".join([n, n]), f"{n:>5}", n in "xAdax")
class Loud(str):
    def __str__(self): return "loud"
    def __format__(self, spec): return "formatted"
l = Loud("quiet")
print(l, f"{l}", "%s" % l, l + "", str(l), "".join([l]))
