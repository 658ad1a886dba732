for text in ("10", " 42 ", "-7", "+5", "1_000", "٣٤", "0", "-0", "007"):
    print(repr(text), int(text))
for text, base in (("ff", 16), ("0xff", 16), ("0b101", 0), ("0o17", 0), ("z", 36), ("101", 2), ("0XfF", 0), ("1_0", 2), ("12", 3)):
    print(text, base, int(text, base))
for arguments in (("",), ("a",), ("1.5",), ("1__0",), ("_1",), ("1_",), ("012", 0), ("9", 8), ("1", 1), ("1", 37), (5, 10), (None,), ([],), ("0x", 16), (b"zz", 10), (float("nan"),), (float("inf"),), ("- 1",)):
    try:
        print(int(*arguments))
    except (ValueError, TypeError, OverflowError) as error:
        print(type(error).__name__, error)
print(int(b"12"), int(bytearray(b"7")), int(3.99), int(-3.99), int(1e25), int(True), int())
