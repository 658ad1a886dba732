# pow() with a modulus is for integers: the first argument that is none says what is wrong.
for args in ((2, 10, 7), (2, -1, 7), (2, -1, 4), (2, 3, 0), (1e3, 1j, 5), (1j, 2.0, 5), (2, 2.5, 1j), (2, 1j, 2.5), (2, 3, "x"), ("x", 2, 3), (2, 3, -5), (True, 2, 3)):
    try:
        print(args, pow(*args))
    except (TypeError, ValueError) as error:
        print(args, type(error).__name__, error)
