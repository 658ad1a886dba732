# Reading a file: this one.
import io

with open(__file__) as file:
    print(file.readline(), end="")
    print(file.read(6), file.tell() > 0, file.encoding, file.mode, file.closed)
    rest = file.read()
    print(file.read() == "", rest.endswith("# The end.\n"))
    print(file.seek(0), next(file), end="")
print(file.closed)
with open(__file__, "rb") as file:
    print(file.read(2), file.tell(), file.readline(), file.peek(3)[:3])
    print(file.seek(-5, 2) > 0, file.read(), file.mode)
lines = list(open(__file__, encoding="utf-8"))
print(len(lines) > 10, lines[0] == open(__file__).readline())
print(len(open(__file__).readlines()) == len(lines), [kind.__name__ for kind in type(file).__mro__[:1]])
print(isinstance(open(__file__), io.TextIOBase), isinstance(open(__file__, "rb"), io.BufferedIOBase), io.open is open)


def attempt(*args, **kwargs):
    try:
        open(*args, **kwargs)
    except Exception as error:
        print(type(error).__name__, str(error).replace(__file__, "<this file>"))


attempt("/nonexistent/file")
attempt("/")
attempt("")
attempt("a\0b"[:1] + "/b")
attempt(None)
attempt(1.5)
attempt(-1)
attempt(__file__, "q")
attempt(__file__, "rw")
attempt(__file__, "rbt")
attempt(__file__, "")
attempt(__file__, 5)
attempt(__file__, "rb", encoding="utf-8")
attempt(__file__, "rb", newline="")
attempt(__file__, "r", 0)
attempt(__file__, encoding="nope")
attempt(__file__, newline="x")
attempt(__file__, "x")
attempt()
attempt(__file__, foo=1)
with open(__file__) as file:
    for wrong in (lambda: file.write("x"), lambda: file.seek(1, 1), lambda: file.read("x")):
        try:
            wrong()
        except Exception as error:
            print(type(error).__name__, error)
try:
    file.read()
except ValueError as error:
    print(error)
# The end.
