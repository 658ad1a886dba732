print(repr("  a ".strip()), repr("  a ".lstrip()), repr("  a ".rstrip()), "xxaxx".strip("x"), "abcba".strip("ab"), "abcba".lstrip("ba"), "mississippi".rstrip("ip"), repr("\t\n\u2003x\u00a0".strip()))
print("aaa".replace("a", "b"), "aaa".replace("a", "b", 2), "abc".replace("", "-"), "abc".replace("b", ""), "aaaa".replace("aa", "a"), "abc".replace("", "-", 2), "abc".replace("z", "y"), "aaa".replace("a", "b", count=1))
print("prefix-x".removeprefix("prefix-"), "x.py".removesuffix(".py"), "abc".removeprefix("z"), "abc".removesuffix(""))
print("a\tb".expandtabs(), "a\tb\tc".expandtabs(4), "\t|".expandtabs(0), "ab\n\tc".expandtabs(3))
table = str.maketrans({"a": "1", "b": None, 99: "xyz"})
print("abcabc".translate(table), "hello".translate(str.maketrans("el", "ip")), "hello".translate(str.maketrans("h", "j", "l")), sorted(str.maketrans("ab", "cd").items()))
try:
    str.maketrans("ab", "c")
except ValueError as error:
    print(error)
try:
    "a".replace("a", 1)
except TypeError as error:
    print(error)
