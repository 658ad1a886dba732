print((1024).to_bytes(2, "big"), (1024).to_bytes(4, "little"), (-2).to_bytes(2, "big", signed=True), (255).to_bytes(), (0).to_bytes(0, "big"))
print(int.from_bytes(b"\x01\x00", "big"), int.from_bytes(b"\x01\x00", "little"), int.from_bytes(b"\xff\xfe", "big", signed=True), int.from_bytes([1, 2, 3]), int.from_bytes(b""))
for f in (lambda: (256).to_bytes(1), lambda: (-1).to_bytes(1), lambda: (1).to_bytes(-1), lambda: (1).to_bytes(2, "middle"), lambda: int.from_bytes("a"), lambda: int.from_bytes([300])):
    try:
        f()
    except (OverflowError, ValueError, TypeError) as error:
        print(type(error).__name__, error)
n = 2 ** 100 + 12345
for order in ("big", "little"): print(int.from_bytes(n.to_bytes(20, order), order) == n, n.to_bytes(13, order).hex())
print((5).as_integer_ratio(), (-7).is_integer(), (10).bit_length(), (0).bit_length(), (-1).bit_length())
