"""Codecs by name, step by step, and what decides about letters without a place."""

import codecs

print(codecs.lookup("UTF 8").name, codecs.lookup("latin1").name, codecs.encode("é"), codecs.decode(b"\xff", "latin-1"))
step = codecs.getincrementaldecoder("utf-8")()
print([step.decode(bytes([byte])) for byte in "aé日😀".encode()])
step = codecs.getincrementaldecoder("utf-8")("replace")
print([step.decode(part) for part in (b"\xc3", b"(", b"\xe6\x97")], step.decode(b"", True))
try:
    codecs.getincrementaldecoder("utf-8")().decode(b"\xe6\x97", True)
except UnicodeDecodeError as error:
    print(error)
step = codecs.getincrementalencoder("utf-16-le")()
print(step.encode("aé"), codecs.utf_16_le_decode(b"a\0b", None, False), codecs.utf_8_decode(b"a\xc3"[:1], "strict", True))
for attempt in (
    lambda: codecs.lookup("nope"),
    lambda: codecs.lookup_error("nope"),
    lambda: codecs.register(3),
    lambda: codecs.encode("é", "ascii"),
):
    try:
        attempt()
    except Exception as error:
        print(type(error).__name__, error)
problem = UnicodeEncodeError("ascii", "aéb", 1, 2, "no place")
for name in ("ignore", "replace", "xmlcharrefreplace", "backslashreplace", "namereplace"):
    print(name, codecs.lookup_error(name)(problem))
