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
for bad in (lambda: f"{'a':d}", lambda: f"{1:.2d}", lambda: f"{[]:5}", lambda: "%d" % "a", lambda: "%s %s" % 1, lambda: "%s" % (1, 2), lambda: "{}".format()):
    try:
        print(bad())
    except Exception as error:
        print(type(error).__name__, error)
# expect: 1234567 1234567 1,234,567 1_234_567 12d687 0X12D687 100101101011010000111 4553207 1.234567e+06         1234567 1234567        |     1234567    | 000,001,234,567
# expect: 3.14159265 3.14      3.142 3.142     | +3.1  3.1 3.141593e+00 3.142e+00 3.14159 3.14 314.159265% 314.2%
# expect: text text      |       text    text   | ***text*** te 'text'     text 'text'
# expect: -0005 -   5 +5 True 1 None [1, 'text']
# expect: s='text' n = 1234567 x=3.14 s=text
# expect:        3.142| nested 1234567 {braces}
# expect: text 1234567  3.14 'text' ff % ab   | 00042 +7
# expect: 1 2 text 1
# expect: 2 1     1|2    |  3
# expect: 1 2 3 'q' 1.50
# expect: 3.0 005 a  |
# expect: 1e+100 1.0 1e-05 0.000010 100000000000000000000.000000 0 2 2 1e+10 123456 0.0001 1e-05
# expect: inf   nan -inf| 0.00 1,000,000.00 1_234.6
# expect: "a'b" 'a"b' 'a\'"b' '\n\t\\\x00\x7fé\u2028' é😀
# expect: b"bytes\x00\xff'" b'ab' 98 b'bc' [104, 105]
# expect: [1, 'a', (2,), {3: [4]}, None, True, 1.5] () (1,) {}
# expect: ValueError Unknown format code 'd' for object of type 'str'
# expect: ValueError Precision not allowed in integer format specifier
# expect: TypeError unsupported format string passed to list.__format__
# expect: TypeError %d format: a real number is required, not str
# expect: TypeError not enough arguments for format string
# expect: TypeError not all arguments converted during string formatting
# expect: IndexError Replacement index 0 out of range for positional args tuple
