f = frozenset([1, 2, 2, 3])
print(len(f), f == {1, 2, 3}, hash(f) == hash(frozenset([3, 2, 1])), {f: "k"}[frozenset({1, 2, 3})], f | {9} == {1, 2, 3, 9}, type(f | {9}).__name__, type({9} | f).__name__, frozenset(), repr(frozenset([1])), frozenset(f) is f, f.copy() is f, frozenset() == set(), f in {f}, {1, 2, 3} in {f})
print(sorted(f - {1}), f & [1] if False else f.intersection([1]), f.isdisjoint([7]), f < {1, 2, 3, 4}, f.union("a") == {1, 2, 3, "a"})
for g in (lambda: f.add(1), lambda: f & [1], lambda: exec("f |= [1]", {"f": f}), lambda: f.clear()):
    try:
        g()
    except (AttributeError, TypeError) as error:
        print(error)
f2 = f
f2 |= {10}
print(f2 is f, len(f2), len(f))
