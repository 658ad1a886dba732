for spec in ("", "s", "10", "<10", ">10", "^10", "*^10", ".2", "5.2", "é>6", "010", "<010", "1", ".0", "}>5"):
    print(repr(spec), [format(v, spec) for v in ("", "abc", "ünï")])
for spec in ("d", "+", "=5", ",", "#", " ", "z", "0=5", "_"):
    try:
        print(format("a", spec))
    except ValueError as error:
        print(repr(spec), error)
print(format(True, ""), format(True, "d"), format(True, "5"), format(None), format([1], ""), format(1 + 2j, ".2f"), format(2j, "10"), format(1 - 1j, ">+12.1e"))
try:
    format(1j, "05")
except ValueError as error:
    print(error)
