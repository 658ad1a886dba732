values = (0.0, -0.0, 1.5, -123456.789, 1e-7, 1e20, float("inf"), float("nan"))
for spec in ("", "f", ".0f", ".2f", "e", ".3e", "E", "g", ".3g", "G", "%", ".1%", "10.2f", "<10.1f", "+.1f", "010.2f", ",.2f", "_.1f", "#.0f", "#g", "z.0f", "*^12.3", ".0e"):
    print(repr(spec), [format(v, spec) for v in values])
for spec in ("d", "x", "c", "s", ",e_", ".f", "b"):
    try:
        print(format(1.5, spec))
    except ValueError as error:
        print(repr(spec), error)
