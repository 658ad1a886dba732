class Stack(list):
    def push(self, x): self.append(x); return self
    def __getitem__(self, i): return ("item", super().__getitem__(i))
    def __repr__(self): return f"Stack({list(self)})"
s = Stack([1, 2]).push(3)
print(s, len(s), s[0], list(s), isinstance(s, list))
print(type(s + [4]).__name__, type(s * 2).__name__, type(s.copy()).__name__, type(list.__getitem__(s, slice(1))).__name__)
s.extra = 1
print(s.__dict__, s == [1, 2, 3], [1, 2, 3] == s)
s.sort(reverse=True)
print(s, sum(s), max(s), sorted(s))
