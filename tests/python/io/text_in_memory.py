# Text in memory: its place, its lines, and what is refused.
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
s = io.StringIO()
s.write("hello\nwörld\n")
s.getvalue()
s.tell()
s.seek(0)
s.readline()
s.read(3)
s.read()
s.read()
s.seek(0), list(s)
s.seek(2), s.write("XX"), s.getvalue()
s.truncate(4), s.getvalue()
s.seek(10), s.write("z"), s.getvalue()
s.write(5)
s.write(b"x")
s.seek(1, 1)
s.seek(-1)
s.seek(0, 3)
s.seek(0, 2)
s.readable(), s.writable(), s.seekable(), s.isatty(), s.closed, s.encoding, s.errors, s.newlines, s.line_buffering
s.fileno()
s.detach()
s.seek(0), s.readlines()
s.writelines(["a", "b"])
s.getvalue()
s.close(), s.closed
s.write("x")
s.getvalue()
s.read()
io.StringIO("abc").read()
io.StringIO(5)
io.StringIO("a\r\nb\rc\n", newline=None).getvalue()
io.StringIO("a\r\nb\rc\n").readlines()
io.StringIO("a\nb", newline="\r\n").getvalue()
io.StringIO("abc", newline="x")
""".strip().split("\n"):
    show(line)
