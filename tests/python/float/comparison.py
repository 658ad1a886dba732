nan = float("nan")
inf = float("inf")
print(nan == nan, nan != nan, nan < 1, nan in [nan], [nan] == [nan], nan is nan, max(1, nan), min(nan, 1), sorted([3, inf, -inf, 0.5]))
print(1 < 1.5 < 2, 2 ** 53 == 2.0 ** 53, 2 ** 53 + 1 > 2.0 ** 53, 10 ** 308 < inf, -10 ** 400 > -inf, 0.5 == 1 / 2, 3 == 3.0, 3 in {3.0}, {1: "a", 1.0: "b", True: "c"})
for text in ("1.5 < 'a'", "1.5 < 1j", "1.5 + []", "1.5 & 1", "1.5 @ 2", "[1][1.0 + 0]"):
    try:
        eval(text)
    except TypeError as error:
        print(error)
print(bool(0.0), bool(nan), bool(-0.0), not 0.1, abs(-2.5), -nan != -nan, +1.5, sum([0.1] * 10), sum([0.1] * 10) == 1.0)
