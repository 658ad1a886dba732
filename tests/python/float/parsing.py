for text in ("1.5", " -2 ", "1e3", "inf", "-Infinity", "NaN", "1_0.5", ".5", "5.", "+1e-3", "٣.٥", "1e400", "1e-400"):
    print(repr(text), float(text))
for value in ("", "abc", "1.5.2", "1__0", "e5", "1e", "0x10", "1,5", None, [], 1j, "infin"):
    try:
        print(float(value))
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)
print(float(), float(5), float(True), float(b"2.5"), float(10 ** 22))
