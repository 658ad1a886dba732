n, x, s = 1234567, 3.14159265, "text"
print(f"{n} {n:d} {n:,} {n:_} {n:x} {n:#X} {n:b} {n:o} {n:e} {n:15} {n:<15}| {n:^15}| {n:015,}")
print(f"{x} {x:.2f} {x:10.3f} {x:<10.3f}| {x:+.1f} {x: .1f} {x:e} {x:.3e} {x:g} {x:.3g} {x:%} {x:.1%}")
print(f"{s} {s:10}| {s:>10} {s:^10}| {s:*^10} {s:.2} {s!r} {s!s:>8} {s!a}")
print(f"{-5:05} {-5:=+5} {5:+} {True} {True:d} {None} {[1, s]}")
print(f"{s=} {n = } {x=:.2f} {s=!s}")
width, precision = 12, 3
print(f"{x:{width}.{precision}f}| {'nested ' + f'{n}'} {{braces}}")
print("%s %d %5.2f %r %x %% %-5s| %05d %+d" % (s, n, x, s, 255, "ab", 42, 7))
print("%(a)s %(b)d" % {"a": 1, "b": 2}, "%s" % s, "%s" % (1,))
print("{} {1} {0}".replace("{} ", "").format(1, 2), "{:>5}|{:<5}|{:^5}".format(1, 2, 3))
print("{a} {b[0]} {c.real}".format(a=1, b=[2], c=3), "{!r} {:.2f}".format("q", 1.5))
print(format(3.0, ".1f"), format(5, "03"), format("a", "<3") + "|")
print(1e100, 1.0, 1e-5, f"{1e-5:f} {1e20:f} {0.5:.0f} {1.5:.0f} {2.5:.0f} {1e10:g} {123456.0:g} {0.0001:g} {0.00001:g}")
print(f"{float('inf')} {float('nan'):5} {float('-inf'):f}| {0:.2f} {1e6:,.2f} {1234.5678:_.1f}")
print(repr("a'b"), repr('a"b'), repr("a'\"b"), repr("\n\t\\\x00\x7f\u00e9\u2028"), "\u00e9\U0001f600")
print(b"bytes\x00\xff'", b"a" + b"b", b"abc"[1], b"abc"[1:], list(b"hi"))
print(str([1, "a", (2,), {3: [4]}, None, True, 1.5]), str(()), str((1,)), str({}))
for bad in (lambda: f"{1:z}", lambda: f"{'a':d}", lambda: f"{1:.2d}", lambda: f"{[]:5}", lambda: "%d" % "a", lambda: "%s %s" % 1, lambda: "%s" % (1, 2), lambda: "{}".format()):
    try:
        print(bad())
    except Exception as error:
        print(type(error).__name__, error)
