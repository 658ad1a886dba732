print([1, 2] < [1, 3], [1] < [1, 0], [] < [0], [1, 2] == [1.0, 2.0], [1, [2]] == [1, [2]], [1] != [2], [2] > [1, 9], [1, "a"] == [1, "a"], [1] == (1,), [3] >= [3])
pairs = [(1, "b"), (0, "z"), (1, "a"), (0, "a"), (1, "c")]
print(sorted(pairs), sorted(pairs, key=lambda p: p[0]), sorted(pairs, key=lambda p: p[0], reverse=True))
class K:
    calls = 0
    def __init__(self, v): self.v = v
    def __lt__(self, other): K.calls += 1; return self.v < other.v
print([k.v for k in sorted(K(x) for x in (5, 3, 8, 1))], K.calls > 0)
print(sorted([True, 0.5, -1, 2]), sorted("bca", reverse=True), sorted({"b": 1, "a": 2}), sorted([[2], [1, 5], []]), list(reversed(sorted("xyz"))))
for data in ([1, "a"], [None, 1], [1j, 2], [{}, {}]):
    try:
        sorted(data)
    except TypeError as error:
        print(error)
big = [(i * 7919) % 1009 for i in range(1000)]
print(sorted(big)[:5], sorted(big) == sorted(big[::-1]), sorted(range(50), key=lambda x: x % 7)[:10])
