print([round(x) for x in (0.5, 1.5, 2.5, -0.5, -1.5, 2.4, 2.6)], [round(x, 1) for x in (0.05, 0.15, 0.25, 0.35, 2.675)], round(2.675, 2), round(1234.5, -2), round(1e300, 2), round(5e-324, 300), round(1.5, None))
print(type(round(1.5)).__name__, type(round(1.5, 0)).__name__, round(-0.4, 0), round(float("inf"), 2), round(1e22), round(123.456, 10))
for x in (7.5, -7.5):
    for y in (2.0, -2.0, 0.3):
        print(x // y, x % y, divmod(x, y))
print(0.0 == -0.0, 1e16 + 1, 0.1 + 0.2 == 0.3, 1e308 * 10, -1e308 * 10, 1e-308 / 1e10, float("inf") - float("inf"), 5.0 // float("inf"), -5.0 // float("inf"), -5.0 % float("inf"))
print(2.0 ** 0.5, (-8) ** (1 / 3), (-2.0) ** 2, 0.0 ** 0, float("nan") ** 0, 1 ** float("nan"), 2.0 ** -1074, 2.0 ** -1075)
