a = bytearray(b"hello")
a[0] = 72
a[1:3] = b"EY"
a.append(33); a.extend(b"??"); a.insert(0, 62); a += b"."
print(a, len(a), a.pop(), a.pop(0), a, a.reverse(), a, a.remove(33), a)
del a[0], a[-1:]
print(a, a.copy() is a, a == bytes(a), a.upper(), type(a.upper()).__name__, a.find(b"l"), bytes(a), list(a), bytearray(3), bytearray("é", "utf-8"), bytearray([1, 2]), bytearray.fromhex("0a0b"))
a.clear()
print(a, bool(a), a * 3)
b = bytearray(b"abcdef")
b[::2] = b"XYZ"
del b[::3]
b *= 2
print(b, repr(b), b.decode(), b"%s" % b, hash(bytes(b)) == hash(bytes(b)))
for f in (lambda: b.__setitem__(0, 256), lambda: b.__setitem__(99, 1), lambda: b.append("a"), lambda: b.pop(99), lambda: bytearray().pop(), lambda: b.remove(0), lambda: hash(b), lambda: b.__setitem__(slice(0, 5, 2), b"a"), lambda: b.__setitem__(0, "a"), lambda: b.extend("ab"), lambda: b.insert(0, -1), lambda: b.extend(5)):
    try:
        f()
    except (ValueError, TypeError, IndexError) as error:
        print(type(error).__name__, error)
