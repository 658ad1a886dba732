class Meters(int):
    def __add__(self, other): return Meters(int(self) + int(other))
    def __repr__(self): return f"{int(self)}m"
m = Meters(5)
print(m, repr(m), str(m), m + 3, 3 + m, m * 2, type(m * 2).__name__)
print(f"{m:04d}", [m], hash(m) == hash(5), m == 5, {5: "x"}[m])
print([0, 1, 2, 3, 4, 5][m], range(m), m.bit_length(), -m, type(-m).__name__)
m.note = "x"
print(m.note, isinstance(m, int), int(m).__class__.__name__)
class Flag(int):
    def __new__(cls, text): return super().__new__(cls, text, 2)
print(Flag("101"), Flag("11") + 1)
try:
    Flag("2")
except ValueError as error:
    print(error)
