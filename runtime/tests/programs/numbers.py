print(2**64, -(2**63), 10**30 // 7, -7 // 2, -7 % 3, 7 % -3, divmod(-7, 2))
print(1 << 80, (1 << 80) >> 78, ~5, 6 & 3, 6 | 3, 6 ^ 3, -1 >> 100)
print(4611686018427387903 + 1, 4611686018427387904 - 1, 3037000500 * 3037000500)
print(1 / 3, 7 / 2, 6 / 2, 10**25 / 3, 1e308 * 10, -1e308 * 10)
print(0.1 + 0.2, 1e16, 1e15, 1.5e-7, 123456789.123456789, 100.0, 5e-324)
print(7.5 // 2, -7.5 // 2, 7.5 % 2, -7.5 % 2, 2.0**0.5, 2**-1, 0.5**2)
print(round(2.5), round(3.5), round(2.675, 2), round(-1.5), round(1234, -2), round(1250, -2))
print(int("42"), int(" -0x1f ", 16), int("0b101", 0), int(3.99), int(-3.99), int("1_000"))
print(float("1.5"), float("inf"), float("-inf"), float("nan"), float(" 2e3 "))
print(abs(-5), abs(-2.5), min(3, 1, 2), max([1, 5, 2]), sum([1, 2, 3]), sum([0.1] * 3, 1))
print(pow(2, 10), pow(3, -1, 7), pow(2, 100, 97), hex(255), oct(8), bin(-5))
print(1 == 1.0, 2**53 == 2.0**53, 2**53 + 1 == 2.0**53, 1 < 1.5, True + True, True == 1)
print(hash(1) == hash(1.0) == hash(True), hash(2**61 - 1), hash(-1))
print((255).bit_length(), (0.5).as_integer_ratio(), (2.0).is_integer(), True & False, True | 2)
print(type(1), type(1.5), type(True), type(10**20), isinstance(True, int))
print(10**4000 % 10**9, len(str(3**2000)))
print(0.0 == -0.0, str(-0.0), -0.0 + 0.0, 1e22, 1e21 + 0.5)
for bad in (
    lambda: 1 // 0,
    lambda: 1 % 0,
    lambda: 1.0 // 0,
    lambda: 1 << -1,
    lambda: 10**400 * 1.0,
    lambda: 1 + "a",
    lambda: "a" * 1.5,
    lambda: [] + (),
    lambda: 1 < "a",
    lambda: -"a",
    lambda: int("1.5"),
    lambda: float("x"),
    lambda: int([]),
    lambda: 0.0**-1,
    lambda: round("a"),
):
    try:
        print(bad())
    except Exception as error:
        print(type(error).__name__, error)
