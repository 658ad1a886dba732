# Text over bytes: line ends, encodings, places.
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
w = io.TextIOWrapper(io.BytesIO("é\r\nb\rc\nd".encode()), encoding="utf-8")
w.readline(), w.readline(), w.newlines, w.read(), w.newlines
w.seek(0), w.read(2), w.tell()
w.seek(0), w.read(1), w.tell(), w.read(2), w.tell()
w.encoding, w.errors, w.line_buffering, w.closed, w.readable(), w.writable(), w.seekable(), w.isatty()
w.seek(1, 1)
w.seek(0, 2), w.write("end"), w.flush(), w.buffer.getvalue()
w.write(b"x")
w.detach().getvalue()
w.detach()
io.TextIOWrapper(io.BytesIO(b"a\nb"), encoding="nope")
io.TextIOWrapper(io.BytesIO(b"a\nb"), newline="q")
io.TextIOWrapper(io.BytesIO(b"\xff"), encoding="ascii").read()
io.TextIOWrapper(io.BytesIO(b"\xff"), encoding="ascii", errors="replace").read()
io.TextIOWrapper(io.BytesIO(b"a\r\nb\rc"), newline="").readlines()
io.TextIOWrapper(io.BytesIO(b"a\r\nb\rc"), newline="\r").readlines()
io.TextIOWrapper(io.BytesIO(b"a\r\nb\rc"), newline="\n").readlines()
x = io.BytesIO(); w = io.TextIOWrapper(x, newline="\r\n"); w.write("a\nb\n"); w.flush()
x.getvalue()
isinstance(s, io.TextIOBase), isinstance(s, io.IOBase), isinstance(b, io.BufferedIOBase), issubclass(io.FileIO, io.RawIOBase)
io.UnsupportedOperation.__mro__
with io.StringIO("q") as q: q.read()
q.closed
io.SEEK_SET, io.SEEK_CUR, io.SEEK_END, io.DEFAULT_BUFFER_SIZE > 1000
print("to", 3, file=s)
s2 = io.StringIO(); print("to", 3, file=s2); s2.getvalue()
s2.getvalue()
""".strip().split("\n"):
    show(line)
