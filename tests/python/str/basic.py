s = "hello world"
print(s.upper(), s.capitalize(), s.title(), s.swapcase(), s.center(20, "*"), s.ljust(13) + "|", s.rjust(13), s.zfill(13), "-5".zfill(4), "+5".zfill(1))
print(s.find("o"), s.find("o", 5), s.find("z"), s.rfind("o"), s.index("w"), s.count("l"), s.count(""), s.count("l", 3, 5), s.startswith("he"), s.startswith(("x", "h")), s.endswith("ld", 3), s.startswith("wo", 6), "" in s, "lo w" in s)
print(s[0], s[-1], s[2:5], s[::-1], s[::3], s[100:], s[-3:], s[5:2], len(s), s * 2, s + "!", "a" < "b", "Z" < "a", "abc" < "abd")
for f in (lambda: s[99], lambda: s.index("z"), lambda: s.rindex("q"), lambda: s + 1, lambda: "a" * "b", lambda: s.find(1), lambda: 1 in s, lambda: s.center("a"), lambda: s.center(20, "ab"), lambda: "a" < 1, lambda: s.startswith(5)):
    try:
        f()
    except (IndexError, ValueError, TypeError) as error:
        print(type(error).__name__, error)
