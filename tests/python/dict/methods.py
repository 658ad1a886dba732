d = {"a": 1, "b": 2}
print(d["a"], d.get("z"), d.get("z", 0), d.setdefault("c", 3), d.setdefault("a", 9), d, d.pop("b"), d.pop("zz", None), d.popitem(), d, len(d), "a" in d, "q" not in d)
d.update({"x": 1}, y=2); d.update([("z", 3), "kv"]); d |= {"w": 0}; d |= [("a", 100)]
print(d, d | {"n": 1}, {"n": 1} | d, d.copy() == d, dict.fromkeys("ab", 0), dict.fromkeys([1]), dict(a=1, **{"b": 2}), dict([(1, 2)]), dict({1: 2}, c=3), dict(zip("ab", [1, 2])))
del d["a"]; d.clear(); print(d, bool(d), {1: "a", True: "b", 1.0: "c"}, {"a": 1, "a": 2}, {**{"a": 1}, "a": 2, **{"b": 3}})
for f in (lambda: d["q"], lambda: d.pop("q"), lambda: d.popitem(), lambda: d.__delitem__("q"), lambda: dict(5), lambda: dict([1]), lambda: dict(["abc"]), lambda: d.update(5), lambda: d | 5, lambda: d < d, lambda: dict(1, 2), lambda: d.get(), lambda: d.fromkeys(5), lambda: {}[(1, 2)], lambda: dict([(1, 2, 3)])):
    try:
        f()
    except (KeyError, TypeError, ValueError) as error:
        print(type(error).__name__, error)
