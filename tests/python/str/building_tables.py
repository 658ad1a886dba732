# A table by format specifications of every kind.
rows = [("apple", 3, 0.5, True), ("pear", -12, 123.456, False), ("kiwi", 1000000, 1e-7, None)]
for name, count, price, flag in rows:
    print(f"|{name:<8}|{count:>+10,}|{price:^12.4g}|{flag!s:*^7}|")
print("|".join(["{:<5}".format(x) for x in ("a", 1, 2.5)]))
print("%-6s|%05d|%x|%e|%%|%r" % ("ab", 42, 255, 12345.678, "q"))
print("{0[1]} {1.real} {name!r:>6}".format([1, 2], 3j, name="n"))
print(f"{255:b} {255:o} {255:X} {255:#010x} {0.1:.20f} {1/3:.1%} {12345.6789:,.2f} {-0.0:+}")
width, digits = 12, 3
print(f"{3.14159:{width}.{digits}f}|{'x':{'<'}{4}}|{'=' * 3}")
print("tab\tnew\\n", repr("it's"), repr('say "hi"'), ascii("é☃"), str(b"bytes"))
