print(0x1F, 0o17, 0b1011, 1_000_000, 0xdead_beef, 0, 00, 10 ** 30)
print(1 .real, 5 .imag, (5).numerator, (5).denominator, (5).conjugate(), 1..real)
for text in ("012", "1__0", "0x", "0b2", "0o8", "1_", "0xg", "1a", "5if 1else 2", "0b", "1_000_"):
    try:
        print(compile(text, "<t>", "eval") and "accepted", text)
    except SyntaxError as error:
        print(text, error.msg)
