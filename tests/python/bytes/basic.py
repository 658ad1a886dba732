b = b"hello world"
print(b, b[0], b[-1], b[1:4], b[::-2], len(b), b + b"!", b * 2, 104 in b, b"lo" in b, list(b[:3]), b.find(b"o"), b.find(111, 5), b.count(b"l"), b.index(b"w"), b.rfind(b"z"))
print(b.upper(), b.title(), b.capitalize(), b.swapcase(), b.split(), b.split(b"o", 1), b.rsplit(b"o", 1), b.partition(b" "), b.replace(b"l", b"L"), b.strip(b"hd"), b.center(15, b"*"), b.zfill(13), b.startswith((b"x", b"h")), b.endswith(b"d"))
print(b"-".join([b"a", bytearray(b"b")]), b.hex(), b.hex(":"), b.hex("_", 4), bytes.fromhex("68 65 6C"), bytes(3), bytes([1, 2, 255]), bytes(range(3)), bytes("é", "utf-8"), b"a\nb".splitlines(), b"a\tb".expandtabs(4), b"abc".translate(None, b"b"), bytes.maketrans(b"a", b"b")[97])
print(b"\x00\x7f\x80'\"\\\n\t", b'it\'s', b"abc" < b"abd", b"a" == "a", b"ab".isalpha(), b"1".isdigit(), b" ".isspace(), b"Ab".istitle(), b"\xff".isascii(), b"x".removeprefix(b"x"), hash(b"a") == hash(b"a"), {b"a": 1}[b"a"])
for f in (lambda: bytes([256]), lambda: bytes(-1), lambda: bytes("a"), lambda: b[99], lambda: b + "a", lambda: bytes.fromhex("zz"), lambda: b.find("a"), lambda: b"".join(["a"]), lambda: b"a" < "a", lambda: "a" in b, lambda: 300 in b, lambda: b.index(b"z"), lambda: bytes([None]), lambda: bytes(1, 2), lambda: bytes(3.5), lambda: b.__setitem__(0, 1)):
    try:
        f()
    except (ValueError, TypeError, IndexError, AttributeError) as error:
        print(type(error).__name__, error)
