"""Regular expressions: matching, groups, replacing, splitting, flags, errors."""

import re

found = re.match(r"(?P<word>\w+) (\d+)", "abc 123 rest")
print(found, found.groups(), found.groupdict(), found.span("word"), found.lastindex, found.lastgroup, found["word"])
print(found.group(0, 2), found.start(2), found.end(), found.regs, found.expand(r"\2-\g<word>"))
print(re.search("b+", "aabbbc").span(), re.fullmatch("a*", "aaab"), re.match("a", "b"), bool(re.match("", "")))
print(re.findall(r"\d", "a1b2"), re.findall(r"(a)(b)?", "abaa"), re.findall("", "abc"))
print(re.split(r"[,;]", "a,b;c"), re.split("(,)", "a,b", maxsplit=1), re.split("x*", "axbc"))
print(re.sub(r"(\w)(\w)", r"\2\1", "abcd"), re.subn("a", "b", "aaa", count=2), re.sub("x*", "-", "abc"))
print(re.sub("[aé]", lambda found: found.group().upper(), "aé日a"), [m.span() for m in re.finditer("é|日", "aé日é")])
print(re.search("(?i)STRASSE|é", "É").group(), re.findall("^.", "a\nb", re.M), re.match(".", "\n", re.S))
print(re.findall(rb"[\x80-\xff]+", b"a\xff\x80b\xc3"), re.sub(b"a", rb"\g<0>\g<0>", b"ba"), re.search(b"(?i)A", b"xa"))
print(re.search(r"(?<=a)b(?!c)", "abcab").span(), re.match(r"(a)|b", "b").groups(), re.match("(?:(a)|b)*", "ab").groups())
print(re.match(r"(?>a+)b", "aab"), re.match("a++a", "aa"), re.match(r"(.)\1", "xx"), re.match(r"(a)?(?(1)b|c)", "c"))
print(re.escape("a.b*c"), re.compile("a|b", re.I | re.X), re.compile(b"x"), re.compile("a") == re.compile("a"))
pattern = re.compile("b")
print(pattern.match("abc", 1), pattern.search("abc", 2), pattern.pattern, pattern.flags, pattern.groups, pattern.groupindex)
for text in ("(", "[", "a**", "(?P<1>a)", "\\", "(?<=a*)b"):
    try:
        re.compile(text)
    except re.error as error:
        print(type(error).__name__, error)
for attempt in (
    lambda: re.match("a", b"a"),
    lambda: re.match(b"a", "a"),
    lambda: re.match("a", 3),
    lambda: found.group(9),
    lambda: found["none"],
):
    try:
        attempt()
    except Exception as error:
        print(type(error).__name__, error)
