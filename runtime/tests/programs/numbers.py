print(2**64, -(2**63), 10**30 // 7, -7 // 2, -7 % 3, 7 % -3, divmod(-7, 2))
print(1 << 80, (1 << 80) >> 78, ~5, 6 & 3, 6 | 3, 6 ^ 3, -1 >> 100)
print(4611686018427387903 + 1, 4611686018427387904 - 1, 3037000500 * 3037000500)
print(1 / 3, 7 / 2, 6 / 2, 10**25 / 3, 1e308 * 10, -1e308 * 10)
print(0.1 + 0.2, 1e16, 1e15, 1.5e-7, 123456789.123456789, 100.0, 5e-324)
print(7.5 // 2, -7.5 // 2, 7.5 % 2, -7.5 % 2, 2.0**0.5, 2**-1, 0.5**2)
print(round(2.5), round(3.5), round(2.675, 2), round(-1.5), round(1234, -2), round(1250, -2))
print(int("42"), int(" -0x1f ", 16), int("0b101", 0), int(3.99), int(-3.99), int("1_000"))
print(float("1.5"), float("inf"), float("-inf"), float("nan"), float(" 2e3 "))
print(abs(-5), abs(-2.5), min(3, 1, 2), max([1, 5, 2]), sum([1, 2, 3]))
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
    lambda: round("a"),
):
    try:
        print(bad())
    except Exception as error:
        print(type(error).__name__, error)
# expect: 18446744073709551616 -9223372036854775808 142857142857142857142857142857 -4 2 -2 (-4, 1)
# expect: 1208925819614629174706176 4 -6 2 7 5 -1
# expect: 4611686018427387904 4611686018427387903 9223372037000250000
# expect: 0.3333333333333333 3.5 3.0 3.3333333333333333e+24 inf -inf
# expect: 0.30000000000000004 1e+16 1000000000000000.0 1.5e-07 123456789.12345679 100.0 5e-324
# expect: 3.0 -4.0 1.5 0.5 1.4142135623730951 0.5 0.25
# expect: 2 4 2.67 -2 1200 1200
# expect: 42 -31 5 3 -3 1000
# expect: 1.5 inf -inf nan 2000.0
# expect: 5 2.5 1 5 6
# expect: 1024 5 16 0xff 0o10 -0b101
# expect: True True False True 2 True
# expect: True 0 -2
# expect: 8 (1, 2) True False 3
# expect: <class 'int'> <class 'float'> <class 'bool'> <class 'int'> True
# expect: 0 955
# expect: True -0.0 0.0 1e+22 1e+21
# expect: ZeroDivisionError integer division or modulo by zero
# expect: ZeroDivisionError integer modulo by zero
# expect: ValueError negative shift count
# expect: OverflowError int too large to convert to float
# expect: TypeError unsupported operand type(s) for +: 'int' and 'str'
# expect: TypeError can't multiply sequence by non-int of type 'float'
# expect: TypeError can only concatenate list (not "tuple") to list
# expect: TypeError '<' not supported between instances of 'int' and 'str'
# expect: TypeError bad operand type for unary -: 'str'
# expect: ValueError invalid literal for int() with base 10: '1.5'
# expect: ValueError could not convert string to float: 'x'
# expect: TypeError int() argument must be a string, a bytes-like object or a real number, not 'list'
# expect: TypeError type str doesn't define __round__ method
