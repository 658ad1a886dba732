print(list("abc"), [*"ab"], tuple("xy"), set("aab") == {"a", "b"}, dict(zip("ab", "cd")), sorted("hello"), list(reversed("abc")), list(enumerate("ab", 1)), "".join(reversed("abc")), max("abc"), list(iter("")))
a, b, *c = "hello"
print(a, b, c, "a" "b" is "ab" or True, "abc".__contains__("b"), "x".__add__("y"), "x".__mul__(3), "abc".__getitem__(slice(1, None)), "a".__eq__(1), "a".__lt__("b"), "abc".__len__())
print(str(), str(5), str(None), str([1]), str(b"x"), str(object=3), hash("") == hash(""), hash("a") == hash("a"), "a" == b"a", "%s" % "x", "ab" * 0, "ab" * -1, 3 * "ab")
for f in (lambda: "abc".__setitem__(0, "x"), lambda: exec("'a'[0] = 'b'"), lambda: exec("s = 'a'; del s[0]"), lambda: "abc"[1.5 * 1], lambda: "abc"["a" * 1], lambda: "a".foo):
    try:
        f()
    except (TypeError, AttributeError) as error:
        print(type(error).__name__, error)
