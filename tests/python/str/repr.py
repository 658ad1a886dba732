for s in ("a", "it's", 'say "hi"', "both ' and \"", "\n\t\r\\", "\x00\x1f\x7f\x80\xa0\xad", "é日😀", "\u0378\ud800\u200b\u2028\ue000\U000e0001\U0010ffff", "\x1b[0m", ""):
    print(repr(s).encode("ascii", "backslashreplace").decode(), ascii(s))
print(str("x"), repr(repr("x")), "%r" % "a'b", [("a",)], {"k": "v'"}, "\u00ff".__repr__())
print("\x41\101\u0041\U00000041\N{LATIN SMALL LETTER E WITH ACUTE}", r"\n", "a\
b", "a" 'b' """c""", len("\r\n"), '''it's "x"''')
