# The standard streams: bytes below them, and streams of a program's own in their place.
import io
import sys

sys.stdout.write("text ")
sys.stdout.flush()
print(sys.stdout.buffer.write(b"bytes "))
sys.stdout.buffer.flush()
print(sys.stdout.buffer is sys.stdout.buffer, sys.stdout.encoding, sys.stdout.errors, sys.stdin.mode)
print(isinstance(sys.stdout, io.TextIOWrapper), isinstance(sys.stdout, io.IOBase), sys.stdout.writable())
print(repr(sys.stdin.read(1)), repr(sys.stdin.readline(5)), sys.stdin.readlines(), sys.stdin.buffer.read())
kept, sys.stdout = sys.stdout, io.StringIO()
print("hidden", 1, 2, sep="-")
caught, sys.stdout = sys.stdout.getvalue(), kept
print(repr(caught))
sys.stdin = io.StringIO("one\ntwo\n")
print(input(), repr(sys.stdin.readline()))
try:
    input()
except EOFError as error:
    print(error)
sys.stderr, kept = io.StringIO(), sys.stderr
print("to err", file=sys.stderr)
caught, sys.stderr = sys.stderr.getvalue(), kept
print(repr(caught))
try:
    print("\ud800")
except UnicodeEncodeError as error:
    print(error)
print("\ud800", file=sys.stderr)
