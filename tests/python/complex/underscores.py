# Text that is no number: misplaced underscores are told apart.
for text in ("1__0", "_1", "1_", "1_j_", "x", "1+", "", "1_0+2_0j", "\u0661\u0662j"):
    try:
        print(repr(text), complex(text))
    except ValueError as error:
        print(repr(text), error)
