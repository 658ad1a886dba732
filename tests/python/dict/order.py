d = {}
for k in "banana": d[k] = d.get(k, 0) + 1
print(d, list(d), list(reversed(d)), next(iter(d)))
d["b"] = 9; del d["a"]; d["a"] = 0
print(d, list(d.items()), {1: 2, 3: 4} == {3: 4, 1: 2})
big = {i: i for i in range(1000)}
for i in range(0, 1000, 3): del big[i]
print(len(big), list(big)[:5], sum(big.values()))
for i in range(0, 1000, 3): big[i] = -i
print(list(big)[-3:], big.popitem(), len(big), list(reversed(big))[0])
class K:
    def __init__(self, n): self.n = n
    def __hash__(self): return 1
    def __eq__(self, other): return self.n == other.n
    def __repr__(self): return f"K{self.n}"
c = {K(i): i for i in range(5)}
del c[K(2)]; c[K(9)] = 9
print(c, c[K(3)], K(2) in c)
