for f in (lambda: "a" * 10 ** 15, lambda: [0] * 10 ** 15, lambda: (0,) * 10 ** 16, lambda: b"a" * 10 ** 16, lambda: bytearray(10 ** 16), lambda: bytes(10 ** 16), lambda: "a" * 10 ** 30, lambda: [0] * 10 ** 19, lambda: "ab".center(10 ** 17), lambda: "x".zfill(10 ** 17)):
    try:
        f()
    except (MemoryError, OverflowError) as error:
        print(type(error).__name__, error)
print("still here")
