print((2.5).is_integer(), (3.0).is_integer(), (0.75).as_integer_ratio(), (-0.1).as_integer_ratio(), (1e20).as_integer_ratio())
print((3.14).hex(), (0.0).hex(), (-1.0).hex(), float("inf").hex(), float.fromhex("0x1.8p1"), float.fromhex("-0x.1p-3"), float.fromhex("inf"), float.fromhex("10"))
print((1.5).real, (1.5).imag, (1.5).conjugate(), (2.7).__trunc__(), (2.7).__floor__(), (-2.1).__ceil__(), (2.5).__round__(), float.__getformat__("double")[:4])
for f in (lambda: float("inf").as_integer_ratio(), lambda: float("nan").as_integer_ratio(), lambda: float.fromhex("zz"), lambda: int(float("inf")), lambda: round(float("nan")), lambda: float.fromhex("0x1p5000")):
    try:
        f()
    except (OverflowError, ValueError) as error:
        print(type(error).__name__, error)
print(hash(1.5), hash(0.1), hash(-0.0), hash(float("inf")), hash(float("-inf")), hash(1e300))
