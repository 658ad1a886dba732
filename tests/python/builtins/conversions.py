print(bin(10), oct(10), hex(10), chr(97), ord("a"), abs(-3), abs(-2.5), abs(3 + 4j), divmod(7, 2), divmod(-7, 2.0), pow(2, 3), round(2.567, 2), ascii("é"), repr("a"), hash(5), len([1]), callable(len), format(5, "03"), bool(5), int("7"), float("1.5"), complex(1, 2), list("ab"), tuple([1]), dict(a=1), str(1), bytes(2))
for f in (lambda: abs("a"), lambda: chr("a"), lambda: bin(1.5), lambda: len(5), lambda: divmod("a", 1), lambda: round("a"), lambda: hash({}), lambda: ord(5), lambda: round(1.5, "a"), lambda: format(1, 2), lambda: pow(1), lambda: len(None), lambda: hash([]), lambda: abs(), lambda: round(), lambda: repr()):
    try:
        print(f())
    except TypeError as error:
        print(error)
