for text in ("1 + 'a'", "'a' + 1", "1 - None", "[] * 1.5", "1 @ 2", "~1.5", "-'a'", "1 < 'a'", "1 & 1.0", "1 << 1.0", "None + 1", "+[]", "1 // 'a'", "2 ** 'a'", "divmod(1, 'a')", "{} < {}", "1 % []", "(1).__add__('a')"):
    try:
        print(text, eval(text))
    except TypeError as error:
        print(text, error)
x = 1
try:
    x += "a"
except TypeError as error:
    print(error)
try:
    x >>= None
except TypeError as error:
    print(error)
