class Counting(dict):
    def __init__(self, *args, **kw):
        self.reads = 0
        super().__init__(*args, **kw)
    def __getitem__(self, k):
        self.reads += 1
        return super().__getitem__(k)
    def __contains__(self, k): return super().__contains__(k)
    def __iter__(self): return iter(sorted(super().__iter__()))
    def __len__(self): return super().__len__() + 100
c = Counting(b=1, a=2)
print(c["a"], c["b"], c.reads, list(c), len(c), "a" in c, c.get("a"), c.reads)
print({**c}, dict(c), sorted(c.keys()), bool(Counting()))
class L(list):
    def __len__(self): return 1
    def __iter__(self): return iter("xyz")
l = L([1, 2, 3])
print(len(l), list(l), [*l], sum(1 for _ in l), l[2], l == [1, 2, 3])
