# Bytes in memory.
import io

names = {"io": io}


def show(source):
    """Prints what an expression or a statement comes to."""
    try:
        try:
            print(source, "->", repr(eval(source, names)))
        except SyntaxError:
            exec(source, names)
    except Exception as error:
        print(source, type(error).__name__, error)


for line in r"""
b = io.BytesIO(b"abc\ndef\n")
b.read(2), b.tell(), b.readline(), b.readlines()
b.write(b"xyz"), b.getvalue()
b.write("s")
b.seek(-2, 2), b.read()
b.seek(-5)
b.seek(0), b.read1(3), b.readinto(bytearray(3))
b.seek(1), list(b)
b.getbuffer()[0]
b.truncate(2), b.getvalue()
b.truncate(-1)
b.seek(5), b.write(b"q"), b.getvalue()
b.write(5)
io.BytesIO("a")
io.BytesIO(None).getvalue()
io.BytesIO(bytearray(b"q")).getvalue()
""".strip().split("\n"):
    show(line)
