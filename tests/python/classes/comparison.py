class Version:
    def __init__(self, n): self.n = n
    def __eq__(self, other):
        return self.n == other.n if isinstance(other, Version) else NotImplemented
    def __lt__(self, other):
        return self.n < other.n if isinstance(other, Version) else NotImplemented
    def __repr__(self): return f"V{self.n}"

print(Version(1) == Version(1), Version(1) != Version(1), Version(1) == 1)
print(Version(1) < Version(2), Version(1) > Version(2))
print(sorted([Version(3), Version(1), Version(2)]))
for text in ("Version(1) <= Version(2)", "Version(1) < 3", "3 > Version(1)"):
    try:
        print(eval(text))
    except TypeError as error:
        print(error)
class Odd:
    def __eq__(self, other): return "equal"
    def __lt__(self, other): return []
print(Odd() == 1, Odd() != 1, Odd() < 1, 1 == Odd())
print(Version(1) in [Version(0), Version(1)])
