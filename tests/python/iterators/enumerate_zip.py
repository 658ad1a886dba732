print(list(enumerate("ab")), list(enumerate("ab", start=5)), list(zip("ab", [1, 2, 3])), list(zip()), list(zip("a")), list(zip("ab", "cd", "ef")), dict(zip("ab", range(2))), list(zip(*[(1, 2), (3, 4)])))
for f in (lambda: list(zip("ab", "c", strict=True)), lambda: list(zip("a", "bc", strict=True)), lambda: list(zip("a", "b", "", strict=True)), lambda: zip(1), lambda: enumerate(1), lambda: enumerate(), lambda: zip("a", x=1), lambda: enumerate("a", "b")):
    try:
        print(f())
    except (ValueError, TypeError) as error:
        print(error)
e = enumerate("abc", 10 ** 20); print(next(e), next(e), iter(e) is e, type(e).__name__)
it = iter([1, 2, 3, 4]); print(list(zip(it, it)), list(it))
a = iter("abc"); print(list(zip(range(2), a)), list(a))
