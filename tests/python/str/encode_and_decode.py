print("aé".encode(), "aé".encode("latin-1"), "aé".encode("ascii", "ignore"), "aé".encode("ascii", "replace"), "aé".encode("ascii", "xmlcharrefreplace"), "aé😀".encode("ascii", "backslashreplace"), "é".encode("ascii", "namereplace"))
print(b"a\xc3\xa9".decode(), b"\xe9".decode("latin-1"), b"a\xffb".decode("utf-8", "replace"), b"a\xffb".decode(errors="ignore"), ascii(b"a\xff".decode("utf-8", "surrogateescape")), b"a\xff".decode("ascii", "backslashreplace"), str(b"ab", "ascii"), "\udcff".encode("utf-8", "surrogateescape"), "\ud800".encode("utf-8", "surrogatepass"))
for f in (lambda: "é".encode("ascii"), lambda: "aéé".encode("ascii"), lambda: b"\xff".decode(), lambda: b"\xc3".decode(), lambda: b"\xe2\x28\xa1".decode(), lambda: b"\x80".decode("ascii"), lambda: "\ud800".encode(), lambda: "a".encode("nope"), lambda: "é".encode("ascii", "nope"), lambda: str(5, "ascii"), lambda: str("a", "ascii"), lambda: "日".encode("latin-1")):
    try:
        f()
    except (UnicodeError, LookupError, TypeError) as error:
        print(type(error).__name__, ascii(str(error)))
print("a".encode("utf-16")[:2] in (b"\xff\xfe", b"\xfe\xff"), "abc".encode("utf-8-sig"), b"\xef\xbb\xbfa".decode("utf-8-sig"))
