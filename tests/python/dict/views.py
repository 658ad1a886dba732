d = {"a": 1, "b": 2}
k, v, i = d.keys(), d.values(), d.items()
print(k, v, i, len(k), "a" in k, 2 in v, ("a", 1) in i, list(reversed(k)), list(reversed(i)))
d["c"] = 3
print(k, list(v), sorted(k & {"a", "z"}), sorted(k | {"z"}), sorted(k - {"a"}), sorted(k ^ {"a", "q"}), k == {"a", "b", "c"}, k <= {"a", "b", "c", "d"}, k.isdisjoint("xyz"), sorted(i & {("a", 1)}), v == v, i == {("a", 1), ("b", 2), ("c", 3)})
print(k.mapping, type(k).__name__, type(v).__name__, type(i).__name__, type(iter(k)).__name__, k.mapping["a"])
for f in (lambda: k + k, lambda: k[0], lambda: k.mapping.__setitem__("a", 5), lambda: v & v, lambda: hash(k)):
    try:
        f()
    except TypeError as error:
        print(error)
