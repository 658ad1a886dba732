# Order of insertion survives updates, deletions and merging.
d = {c: i for i, c in enumerate("hello world")}
print(d)
d["h"] = "again"
del d["e"]
d["e"] = "back"
print(list(d))
print(d | {"z": 1, "h": 2})
d |= [("new", 1)]
print(list(d.items())[-2:])
print(d.pop("missing", None), d.popitem(), d.setdefault("q", []))
print(dict.fromkeys("abca", 0), dict(a=1, **{"b": 2}), dict([("x", 1)], y=2))
print({1: "int", True: "bool", 1.0: "float"})
print({"a": 1, "b": 2} == {"b": 2, "a": 1}, {"a": 1}.keys() & {"a", "b"}, {"a": 1}.items() ^ {("a", 2)} == {("a", 1), ("a", 2)})
