a, b = 3 + 4j, 1 - 2j
print(a + b, a - b, a * b, a / b, a ** 2, a ** b, -a, +a, abs(a), a.conjugate(), a.real, a.imag)
print(1j * 1j, 2 * 1j, 1j / 2, 1 + 0j == 1, 1j != 1, complex(1, -0.0), complex(-0.0, 1), 0j, -0j, 1e20j, 1.5j)
print(complex("1+2j"), complex("j"), complex(" -1.5e3 "), complex("(2-3j)"), complex("inf+nanj"), complex(2, 3), complex(1j), complex())
print(hash(1 + 0j) == hash(1), {1: "x"}[1 + 0j], bool(0j), bool(1j), repr(1 + 2j), str([1j]))
for text in ("1j < 2", "1j // 2", "1j % 2", "int(1j)", "float(1j)", "complex('1 + 2j')", "complex('a')", "complex('1', 2)", "divmod(1j, 1)", "round(1j)", "1j ** 'a'", "pow(1j, 2, 3)"):
    try:
        print(text, eval(text))
    except (TypeError, ValueError) as error:
        print(text, type(error).__name__, error)
