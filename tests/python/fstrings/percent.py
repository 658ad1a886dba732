print("%s %d %r" % ("a", 5, "b"), "%5d|%-5d|%05d|%+d|% d" % (1, 2, 3, 4, 5), "%x %X %#x %o %#o" % (255, 255, 255, 8, 8), "%e %E %.2e" % (1.5, 1.5, 1.5))
print("%f %.1f %10.3f %-10.1f|" % (1.0, 2.55, 3.14159, 4), "%g %G %.3g" % (1e-5, 1e20, 1234.5), "%c%c" % ("a", 66), "%%", "%s" % "100%", "%5s|%-5s|%.2s" % ("a", "b", "abc"))
print("%(a)s %(b)05.1f" % {"a": 1, "b": 2}, "%*d %.*f" % (5, 1, 2, 3.14159), "%a" % "é", "%s" % (None,), "%s" % [1, 2], "%i %u" % (3, 4), b"%s %d %r" % (b"x", 5, b"y"))
for text, value in (("%d", "a"), ("%s %s", (1,)), ("%s", (1, 2)), ("%y", 1), ("%", 1), ("%(a)s", {}), ("%(a)s", 3), ("%c", 1114112), ("%x", 1.5), ("%d", None), ("%(a", {}), ("%f", "x"), ("%*d", ("a", 1))):
    try:
        print(text % value)
    except (TypeError, ValueError, KeyError, OverflowError) as error:
        print(text, type(error).__name__, error)
