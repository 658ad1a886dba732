# Encodings of one byte a character, and text as programs write it.
text = "é€ñЖΩ\n\\\x7f\U0001f600a"
for name in ("cp1252", "windows-1252", "ISO_8859-15", "latin9", "cp1251", "koi8-r", "cp437", "mac_roman", "iso8859-7"):
    for errors in ("replace", "backslashreplace", "xmlcharrefreplace", "ignore"):
        print(name, errors, text.encode(name, errors))
    try:
        print(text.encode(name))
    except UnicodeEncodeError as error:
        print(error)
    every = bytes(range(256)).decode(name, "replace")
    print(ascii(every[128:]))
    print(every.replace("\ufffd", "").encode(name) == bytes(b for b in range(256) if every[b] != "\ufffd"))
try:
    b"ab\x81".decode("cp1252")
except UnicodeDecodeError as error:
    print(error, error.encoding, error.start)
for name in ("unicode_escape", "raw_unicode_escape"):
    print(name, (text + "\t\r\ud800'\"").encode(name))
    print(ascii(text.encode(name).decode(name)))
print(ascii(rb"\x41\u20ac\U0001f600\N{BULLET}\101\7\n\'\"\\\a\b\f\v\r\t".decode("unicode_escape")))
print(ascii(rb"\x41\u20ac\n\U0001f600".decode("raw_unicode_escape")))
for wrong in (rb"\x4", rb"ab\u12", rb"\U1234567", rb"\U12345678", rb"\N{nope}", rb"\N{", rb"\Nx", b"a\\"):
    try:
        print(wrong.decode("unicode_escape"))
    except UnicodeDecodeError as error:
        print(error)
    print(ascii(wrong.decode("unicode_escape", "replace")))
