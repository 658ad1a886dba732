print(sorted([3, 1, 2]), sorted("bca", reverse=True), sorted(["b", "A", "c"], key=str.lower), min(3, 1), max([1, 5, 2]), min("b", "a", key=ord), max([], default="none"), max([1, -5], key=abs), min([(2, "a"), (1, "z")]), max("ab", "b", "aa", key=len), min({3: 1, 2: 5}))
for f in (lambda: min(), lambda: min([]), lambda: max(1), lambda: max(1, 2, default=3), lambda: min(1, "a"), lambda: sorted(), lambda: sorted([1], 2), lambda: sorted(5), lambda: max([1], key=5), lambda: min([1, 2], foo=1), lambda: sorted([1], foo=1)):
    try:
        print(f())
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
