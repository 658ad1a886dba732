for spec in ("", "d", "5", "<5", ">5", "^5", "=5", "05", "+", " ", "-", "x", "X", "#x", "o", "#o", "b", "#b", "c", ",", "_", "_x", "#010x", "+08,", "*^9", "e", ".2f", "%", "n", "<#6b", "=+6", "010_b"):
    print(repr(spec), [format(v, spec) if spec != "c" else format(65 + abs(v) % 50, spec) for v in (0, 42, -42, 1234567)])
for spec in ("s", ".2", ",x", ",_", "+c", "q", "5 5", "#c", ".2d", "99999999999999999999"):
    try:
        print(format(42, spec))
    except ValueError as error:
        print(repr(spec), error)
