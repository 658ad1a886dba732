class Tags(set):
    def add(self, x): super().add(x.lower())
t = Tags(["A"])
t.add("B")
print(sorted(t), type(t | {"c"}).__name__, type(t.copy()).__name__, t == {"A", "b"})
class F(frozenset): pass
f = F([1, 2])
print(type(f & {1}).__name__, f == {1, 2}, hash(f) == hash(frozenset([1, 2])), len({f, frozenset([2, 1])}))
print(isinstance(f, frozenset), f <= {1, 2, 3}, sorted(f ^ {2, 3}))
t.label = "tags"
print(t.label, vars(t))
