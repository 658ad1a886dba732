s = "aé日😀z"
print(len(s), s[1], s[2], s[3], s[-1], s[1:4], s[::-1], s.find("😀"), s.index("z"), [ord(c) for c in s], list(s), s.count("é"))
print("".join(sorted("zé日a😀")), max(s), min(s), s > "a", "é" < "日" < "😀", s.center(9, "·"), s.replace("日", "本"), s.encode(), s.encode("utf-16-le"), s.encode("utf-32-be"))
big = "é" * 1000 + "x" + "日" * 1000
print(len(big), big[999], big[1000], big[1001], big.find("x"), big.rfind("é"), big.index("日"), big[998:1003], big.split("x")[1] == "日" * 1000)
print(chr(0x1F600), ord("😀"), chr(0x10FFFF) == "\U0010ffff", "\u00e9" == "\xe9" == "é", "e\u0301" == "é", len("e\u0301"))
for v in (-1, 0x110000, "a"):
    try:
        chr(v)
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)
for v in ("", "ab", 5):
    try:
        ord(v)
    except TypeError as error:
        print(error)
