print("a b  c ".split(), "a,b,,c".split(","), "a,b,c".split(",", 1), "a,b,c".rsplit(",", 1), " a  b ".split(" "), "".split(), "".split(","), "abc".split("b"), "  a b c".split(None, 1), "a b c  ".rsplit(None, 1), "a--b--c".split("--"))
print("a\nb\r\nc\rd".splitlines(), "a\nb\n".splitlines(True), "".splitlines(), "\n".splitlines(), "a\x0bb\x0cc\x1cd\x85e\u2028f".splitlines())
print(",".join("abc"), "".join([]), "-".join(["x"]), " ".join(str(i) for i in range(3)), "ab".join(("1", "2", "3")))
print("a=b=c".partition("="), "a=b=c".rpartition("="), "abc".partition("x"), "abc".rpartition("x"))
for f in (lambda: "a".split(""), lambda: ",".join([1]), lambda: ",".join(["a", None]), lambda: "a".partition(""), lambda: ",".join(3), lambda: "a".split(1), lambda: "abc".splitlines(1, 2)):
    try:
        f()
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)
