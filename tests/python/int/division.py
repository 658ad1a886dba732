for a in (7, -7):
    for b in (2, -2, 3):
        print(a, b, a // b, a % b, divmod(a, b), a / b)
print(0 // 5, -1 // 1000000, 10 ** 30 // 7, -(10 ** 30) // 7, 10 ** 30 % -7)
print(10 ** 400 / 10 ** 399, (10 ** 17 + 1) / 3, 2 ** 1000 / 2 ** 990)
for f in (lambda: 1 / 0, lambda: 2 ** 5000 / 3, lambda: 1 << -1, lambda: 1 >> -1, lambda: float(10 ** 400)):
    try:
        print(f())
    except (ZeroDivisionError, OverflowError, ValueError) as error:
        print(type(error).__name__, error)
print(1 << 100 >> 98, -5 >> 1, -1 >> 100, 5 & -2, -5 | 2, -5 ^ 3, 0 << 1000, 2 ** -1, (-2) ** -3)
